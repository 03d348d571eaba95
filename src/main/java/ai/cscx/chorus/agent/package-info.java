/** Answers what people ask in plain words: understands the request, calls the features, composes the answer. */
@NullMarked
package ai.cscx.chorus.agent;

import org.jspecify.annotations.NullMarked;
