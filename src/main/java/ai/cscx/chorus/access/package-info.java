/** Who asks and what they may see: people, roles, tokens, the portfolio; and the vault that seals secrets. */
@NullMarked
package ai.cscx.chorus.access;

import org.jspecify.annotations.NullMarked;
