/** Benchmarks, run by hand: docs/benchmarks.md says how. No tests. */
@NullMarked
package ai.cscx.chorus.bench;

import org.jspecify.annotations.NullMarked;
