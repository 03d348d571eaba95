package ai.cscx.chorus.eval;

import static ai.cscx.chorus.eval.SearchEvaluation.print;

import java.util.function.UnaryOperator;

/**
 * What {@code mvn -Peval verify} runs: the chat's evaluation, unless only search's data set is named, and search's if it
 * is.
 */
public final class Evaluations {
    private Evaluations() {}

    public static void main(String[] args) throws Exception {
        UnaryOperator<String> property = name -> System.getProperty(name, "");
        boolean search = !property.apply(Options.SET).isBlank();
        boolean chat = !property.apply(ChatOptions.COMMANDS).isBlank()
                || !property.apply(ChatOptions.DATES).isBlank();
        if (chat || !search) {
            ChatOptions options;
            try {
                options = ChatOptions.read(property);
            } catch (IllegalArgumentException wrong) {
                System.err.println(wrong.getMessage());
                System.exit(2);
                return;
            }
            ChatEvaluation.run(options);
        }
        if (search) {
            SearchEvaluation.main(args);
        } else {
            print("%nSearch was not evaluated: -D%s=DIRECTORY names its data set.", Options.SET);
        }
    }
}
