package ai.cscx.chorus.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.base.Failure;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a customer import: CSV (RFC 4180) in UTF-8 with a header line, columns in any order. */
final class CustomerCsv {
    static final List<String> COLUMNS =
            List.of("name", "aliases", "domains", "crm_id", "owner_email", "segment", "renewal_date");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CustomerCsv() {}

    /**
     * A row as it stands there.
     *
     * @param line of the file where it begins; the header is line 1
     * @param values by column; blank ones are absent
     * @param tooLong it has more values than the header has columns
     */
    record Row(long line, Map<String, String> values, boolean tooLong) {
        Row {
            values = Map.copyOf(values);
        }

        @Nullable
        String value(String column) {
            return values.get(column);
        }

        /** The values of a column that holds several, separated by semicolons. */
        List<String> list(String column) {
            String value = values.get(column);
            return value == null ? List.of() : List.of(value.split(";"));
        }
    }

    /**
     * @throws Failure.Malformed if the bytes are no UTF-8, no CSV, or the header is not ours
     */
    static List<Row> read(byte[] bytes) {
        List<Row> rows = new ArrayList<>();
        List<String> header = null;
        try (CsvParser parser = new CsvFactory().createParser(text(bytes))) {
            parser.enable(CsvParser.Feature.TRIM_SPACES);
            parser.enable(CsvParser.Feature.SKIP_EMPTY_LINES);
            JsonToken token = parser.nextToken();
            while (token != null) {
                token = parser.nextToken();
                long line = parser.currentTokenLocation().getLineNr();
                List<String> cells = cells(parser, token);
                if (cells.stream().allMatch(String::isBlank)) {
                    token = parser.nextToken();
                    continue;
                }
                if (header == null) {
                    header = header(cells);
                } else {
                    rows.add(row(line, header, cells));
                }
                token = parser.nextToken();
            }
        } catch (IOException broken) {
            throw new Failure.Malformed(
                    "The CSV cannot be read; most likely a quote is not closed. Nothing was changed.");
        }
        if (header == null) {
            throw new Failure.Malformed("The CSV is empty; begin with the header " + String.join(",", COLUMNS) + ".");
        }
        return rows;
    }

    private static String text(byte[] bytes) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw new Failure.Malformed("The CSV is not UTF-8; save it as UTF-8.", notUtf8);
        }
    }

    private static List<String> cells(CsvParser parser, @Nullable JsonToken first) throws IOException {
        List<String> cells = new ArrayList<>();
        for (JsonToken token = first; token != null && token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            cells.add(parser.getText());
        }
        return cells;
    }

    private static List<String> header(List<String> cells) {
        List<String> names = cells.stream()
                .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
                .toList();
        boolean repeated = names.stream().distinct().count() < names.size();
        if (!names.contains("name") || repeated || !COLUMNS.containsAll(names)) {
            throw new Failure.Malformed("The first line names the columns, name among them, each once, of: "
                    + String.join(",", COLUMNS) + ".");
        }
        return names;
    }

    private static Row row(long line, List<String> header, List<String> cells) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < Math.min(header.size(), cells.size()); i++) {
            if (!cells.get(i).isBlank()) {
                values.put(header.get(i), cells.get(i).strip());
            }
        }
        return new Row(line, values, cells.size() > header.size());
    }
}
