package ai.cscx.chorus.eval;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Real meetings and questions about them with the utterances that answer them, made from
 * <a href="https://github.com/Yale-LILY/QMSum">QMSum</a>: {@code meetings.jsonl.gz}, {@code queries.jsonl} and
 * {@code passages.tsv} (meeting, number, first and last utterance, words).
 *
 * @param passages the passages of each meeting that hits are measured by, in order
 */
record MeetingSet(Map<String, Meeting> meetings, List<Query> queries, Map<String, List<Range>> passages) {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * @param group meetings of one product team are of one group
     */
    record Meeting(String meetingId, String domain, String group, String title, List<Said> utterances) {
        Meeting {
            utterances = List.copyOf(utterances);
            for (int i = 0; i < utterances.size(); i++) {
                if (utterances.get(i).i() != i) {
                    throw new IllegalArgumentException("Utterances of " + meetingId + " are not counted from 0.");
                }
            }
        }

        /** What counts as the same: meetings of one product team are about one product, all others stand alone. */
        String series() {
            return domain.equals("product") ? group : meetingId;
        }
    }

    record Said(int i, String speaker, String text) {
        int words() {
            return text.isBlank() ? 0 : text.strip().split("\\s+").length;
        }
    }

    /**
     * @param relevant the utterances that answer it
     */
    record Query(String qid, String text, String meetingId, List<Range> relevant) {}

    /** Utterances, both ends included. */
    record Range(int first, int last) {
        boolean holds(int utterance) {
            return first <= utterance && utterance <= last;
        }
    }

    private record QueryLine(String qid, String text, String meetingId, List<List<Integer>> relevant) {}

    static MeetingSet read(Path directory) throws IOException {
        Map<String, Meeting> meetings = new LinkedHashMap<>();
        ObjectReader meetingReader = JSON.readerFor(Meeting.class);
        for (String line : lines(directory, "meetings.jsonl")) {
            Meeting meeting = meetingReader.readValue(line);
            meetings.put(meeting.meetingId(), meeting);
        }
        List<Query> queries = new ArrayList<>();
        ObjectReader queryReader = JSON.readerFor(QueryLine.class);
        for (String line : lines(directory, "queries.jsonl")) {
            QueryLine query = queryReader.readValue(line);
            List<Range> relevant = query.relevant().stream()
                    .map(ends -> new Range(ends.getFirst(), ends.getLast()))
                    .toList();
            queries.add(new Query(query.qid(), query.text(), query.meetingId(), relevant));
        }
        Map<String, List<Range>> passages = new LinkedHashMap<>();
        for (String line : lines(directory, "passages.tsv")) {
            String[] cells = line.split("\t");
            passages.computeIfAbsent(cells[0], fresh -> new ArrayList<>())
                    .add(new Range(Integer.parseInt(cells[2]), Integer.parseInt(cells[3])));
        }
        return new MeetingSet(meetings, queries, passages);
    }

    Meeting meeting(String id) {
        Meeting meeting = meetings.get(id);
        if (meeting == null) {
            throw new IllegalArgumentException("The data set has no meeting " + id);
        }
        return meeting;
    }

    private static List<String> lines(Path directory, String name) throws IOException {
        Path plain = directory.resolve(name);
        Path packed = directory.resolve(name + ".gz");
        if (!Files.exists(plain) && !Files.exists(packed)) {
            throw new NoSuchFileException(plain.toString(), null, "it is a file of the data set, maybe as .gz");
        }
        try (InputStream in = Files.exists(packed)
                        ? new GZIPInputStream(Files.newInputStream(packed))
                        : Files.newInputStream(plain);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        }
    }
}
