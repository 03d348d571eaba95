/** The Model Context Protocol at /mcp: the assistant's tools, calls as resources, and prompts, for other people's models. */
@NullMarked
package ai.cscx.chorus.mcp;

import org.jspecify.annotations.NullMarked;
