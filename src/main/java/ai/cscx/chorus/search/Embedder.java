package ai.cscx.chorus.search;

import ai.cscx.chorus.base.Failure;
import java.util.List;

/**
 * Turns texts into vectors, so that what means the same lies close together. Thread-safe. What it says of failures holds
 * nothing of the texts.
 */
public interface Embedder extends AutoCloseable {
    /** How many numbers every vector has. */
    int dimensions();

    /** Vectors compare only with those of an embedder of the same name. */
    String name();

    /**
     * Vectors of length 1, one a text and in their order; none for none. A text without words has a vector, too.
     *
     * @throws Failure.Unavailable if the model cannot be loaded, does not answer, or answers what cannot be used
     */
    List<float[]> embed(List<String> texts);

    /** Waits for what is being embedded. Calling it again changes nothing; embedding afterwards is a defect. */
    @Override
    void close();
}
