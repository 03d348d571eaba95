package ai.cscx.chorus.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatOptionsTest {
    @TempDir
    Path folder;

    @Test
    void options_withoutFiles_areTheProjectsOwnSets() {
        ChatOptions options = read(Map.of());

        assertThat(options.commands())
                .singleElement()
                .satisfies(file -> assertThat(file).exists());
        assertThat(options.dates())
                .singleElement()
                .satisfies(file -> assertThat(file).exists());
    }

    @Test
    void options_withFiles_areThoseOnly() throws Exception {
        Path one = Files.createFile(folder.resolve("one.jsonl"));
        Path two = Files.createFile(folder.resolve("two.jsonl"));

        ChatOptions options = read(Map.of("eval.dates", one + ", " + two, "eval.calls", "60"));

        assertThat(options.dates()).containsExactly(one, two);
        assertThat(options.commands()).isEmpty();
        assertThat(options.calls()).isEqualTo(60);
    }

    @Test
    void options_withFileThatIsNotThere_sayWhichAndWhatToDo() {
        Path gone = folder.resolve("gone.jsonl");

        assertThatThrownBy(() -> read(Map.of("eval.commands", gone.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(gone.toString())
                .hasMessageContaining("-Deval.commands")
                .hasMessageContaining("own sets");
    }

    @Test
    void options_withoutNumber_sayWhichProperty() {
        assertThatThrownBy(() -> read(Map.of("eval.calls", "many"))).hasMessage("-Deval.calls wants a number.");
    }

    @Test
    void lineThatIsNoJson_isNamed() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.jsonl"), "\n{\"id\":\n");

        assertThatThrownBy(() -> CommandSet.read(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Line 2 of " + broken);
    }

    private static ChatOptions read(Map<String, String> properties) {
        return ChatOptions.read(name -> properties.getOrDefault(name, ""));
    }
}
