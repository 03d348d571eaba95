/** Evaluations of how good answers are, run by hand: docs/evaluation.md says how. No tests but of how they measure. */
@NullMarked
package ai.cscx.chorus.eval;

import org.jspecify.annotations.NullMarked;
