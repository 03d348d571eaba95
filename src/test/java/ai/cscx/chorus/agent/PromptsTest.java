package ai.cscx.chorus.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.Failure;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromptsTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @TempDir
    Path directory;

    @Test
    void prompt_namesOnlyToolsAndArgumentsThatExist() {
        Set<String> known = new TreeSet<>();
        for (ToolSpecification tool : ToolBook.tools()) {
            known.add(tool.name());
            known.addAll(ToolBook.arguments(tool.name()));
        }
        List<String> named = CODE.matcher(Prompts.read(Path.of("prompts")).assistant())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(known).containsAll(named);
        assertThat(named)
                .containsAll(
                        ToolBook.tools().stream().map(ToolSpecification::name).toList());
    }

    @Test
    void prompt_knowsTheDateAndHasNothingLeftToFillIn() {
        String system = Prompts.read(Path.of("prompts")).system(LocalDate.parse("2026-11-22"));
        assertThat(system).contains("Today is 2026-11-22, a Sunday").doesNotContain("{{");
    }

    @Test
    void missingPrompt_saysWhichFile() {
        assertThatThrownBy(() -> Prompts.read(directory))
                .isInstanceOf(Failure.Rejected.class)
                .hasMessageContaining("assistant.md");
    }

    @Test
    void blankPrompt_orOneWithoutVersion_isRefused() throws IOException {
        for (String text : List.of("", "---\nversion: 1\n---\n \n", "No front matter", "---\nauthor: x\n---\nText")) {
            Files.writeString(directory.resolve("assistant.md"), text);
            assertThatThrownBy(() -> Prompts.read(directory)).as(text).isInstanceOf(Failure.Rejected.class);
        }
    }

    @Test
    void tools_describeEveryArgument() {
        for (ToolSpecification tool : ToolBook.tools()) {
            assertThat(tool.parameters().properties().values())
                    .as(tool.name())
                    .allMatch(schema -> schema.description() != null
                            && !schema.description().isBlank());
        }
    }
}
