/** Evaluations of how good answers are, run by hand: docs/benchmarks.md says how. No tests but of the measures. */
@NullMarked
package ai.cscx.chorus.eval;

import org.jspecify.annotations.NullMarked;
