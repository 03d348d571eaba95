/** Starts PostgreSQL and OpenSearch on this machine when none is configured. Knows base; only the roof sees it. */
@NullMarked
package ai.cscx.chorus.local;

import org.jspecify.annotations.NullMarked;
