package ai.cscx.chorus.customer;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A company's name as names are compared: lower case, without diacritics, punctuation and legal form, abbreviations
 * written out.
 *
 * @param words what is left; all words where nothing but a legal form would be
 * @param generic how many words at the end say only what kind of company it is, or where
 */
record CompanyName(List<String> words, int generic) {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern APOSTROPHES = Pattern.compile("[\u2019\u2018'`\u00b4]");
    private static final Pattern DOTTED =
            Pattern.compile("(?<![\\p{L}\\p{N}])((?:\\p{L}\\.\\s?){2,}\\p{L}?)(?![\\p{L}\\p{N}])");
    /** Legal forms of scripts that leave no blank around them. */
    private static final Pattern UNSPACED_FORMS = Pattern.compile("株式会社|有限会社|合同会社|股份有限公司|有限责任公司|有限公司|\\(주\\)|㈜");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Map<String, String> LETTERS =
            Map.of("ß", "ss", "ø", "o", "æ", "ae", "œ", "oe", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i");

    /** Legal forms of many countries, as they are left after punctuation went. */
    private static final Set<String> LEGAL_FORMS =
            Set.of(("inc incorporated corp corporation co company companies llc lllp llp"
                            + " lp plc ltd limited pllc pc pbc dba gmbh mbh ag kg kgaa ohg gbr ug eg ev se sa sas sasu sarl sca snc"
                            + " eurl spa srl srls sapa nv bv bvba cv vof ab hb as asa aps oy oyj ks kft zrt bt nyrt rt sro spol"
                            + " doo dd ad ood eood zao oao ooo pao too uab sia tov pty pvt pte sdn bhd pt tbk kk yk gk kabushiki kaisha"
                            + " cpt rl cio lda ltda sl slu slp eireli me cia sab sapi fze fzco fzc fzllc wll saog jsc ojsc cjsc pjsc"
                            + " ulc aktiebolag aktiengesellschaft aktieselskab anpartsselskab osakeyhtio limitada asbl vzw coop cooperative cic sce scrl proprietary private publ unlimited ооо оао зао пао ао тоо αε επε οε 주식회사")
                    .split(" "));

    /** Stand before the name. */
    private static final Set<String> FORMS_BEFORE =
            Set.of("ооо", "оао", "зао", "пао", "ао", "тоо", "ooo", "oao", "zao", "pao", "uab", "pt", "주식회사");

    /** The same in several words, written together: blanks and dots in them are left out or added at will. */
    private static final Set<String> LEGAL_PHRASES =
            Set.of("spzoo", "spolsro", "sro", "decv", "sa", "spa", "srl", "bv", "nv", "andv", "llc", "doo");

    private static final int LONGEST_PHRASE = 4;

    private static final Map<String, String> WRITTEN_OUT = Map.ofEntries(
            Map.entry("intl", "international"),
            Map.entry("int", "international"),
            Map.entry("natl", "national"),
            Map.entry("mfg", "manufacturing"),
            Map.entry("mfr", "manufacturing"),
            Map.entry("mgmt", "management"),
            Map.entry("svc", "services"),
            Map.entry("svcs", "services"),
            Map.entry("serv", "services"),
            Map.entry("service", "services"),
            Map.entry("sys", "systems"),
            Map.entry("system", "systems"),
            Map.entry("tech", "technologies"),
            Map.entry("technology", "technologies"),
            Map.entry("sw", "software"),
            Map.entry("soln", "solutions"),
            Map.entry("solns", "solutions"),
            Map.entry("sol", "solutions"),
            Map.entry("solution", "solutions"),
            Map.entry("grp", "group"),
            Map.entry("gp", "group"),
            Map.entry("hldg", "holdings"),
            Map.entry("hldgs", "holdings"),
            Map.entry("holding", "holdings"),
            Map.entry("ind", "industries"),
            Map.entry("inds", "industries"),
            Map.entry("industry", "industries"),
            Map.entry("ins", "insurance"),
            Map.entry("dist", "district"),
            Map.entry("govt", "government"),
            Map.entry("gov", "government"),
            Map.entry("univ", "university"),
            Map.entry("assoc", "associates"),
            Map.entry("assn", "association"),
            Map.entry("dept", "department"),
            Map.entry("ctr", "center"),
            Map.entry("centre", "center"),
            Map.entry("bros", "brothers"),
            Map.entry("st", "street"),
            Map.entry("mt", "mount"),
            Map.entry("cty", "county"),
            Map.entry("fin", "financial"),
            Map.entry("pharma", "pharmaceuticals"),
            Map.entry("labs", "laboratories"),
            Map.entry("lab", "laboratories"),
            Map.entry("med", "medical"),
            Map.entry("dev", "development"),
            Map.entry("eng", "engineering"),
            Map.entry("transp", "transport"),
            Map.entry("log", "logistics"),
            Map.entry("n", "and"),
            Map.entry("und", "and"),
            Map.entry("et", "and"),
            Map.entry("e", "and"),
            Map.entry("saint", "street"),
            Map.entry("y", "and"));

    /** Say what kind of company it is or where, and hardly ever which. */
    private static final Set<String> GENERIC =
            Set.of(("group holdings international global worldwide solutions services"
                            + " systems technologies software industries partners enterprises ventures associates usa us uk emea apac"
                            + " europe eu america americas north deutschland germany france canada australia asia india the hq"
                            + " gruppe groupe grupo online digital")
                    .split(" "));

    CompanyName {
        words = List.copyOf(words);
    }

    static CompanyName of(String name) {
        List<String> words = split(name);
        List<String> kept = withoutLegalForm(words);
        int generic = 0;
        while (generic < kept.size() - 1 && GENERIC.contains(kept.get(kept.size() - 1 - generic))) {
            generic++;
        }
        return new CompanyName(kept, generic);
    }

    /** All words of a text in the form in which names are compared. */
    static List<String> split(String text) {
        String spaced = UNSPACED_FORMS.matcher(text).replaceAll(" ");
        String bare = MARKS.matcher(Normalizer.normalize(spaced, Normalizer.Form.NFKD))
                .replaceAll("");
        String plain = Normalizer.normalize(bare, Normalizer.Form.NFC);
        plain = APOSTROPHES.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("");
        for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
            plain = plain.replace(letter.getKey(), letter.getValue());
        }
        plain = DOTTED.matcher(plain).replaceAll(dotted -> " " + dotted.group(1).replaceAll("[.\\s]", "") + " ");
        plain = plain.replace("&", " and ").replace("+", " and ");
        return Arrays.stream(BETWEEN_WORDS.split(plain))
                .filter(word -> !word.isEmpty())
                .map(word -> WRITTEN_OUT.getOrDefault(word, word))
                .toList();
    }

    private static List<String> withoutLegalForm(List<String> words) {
        int end = words.size();
        for (int form = legalForm(words); form > 0; form = legalForm(words.subList(0, end))) {
            end -= form;
        }
        int start = end > 1 && (words.getFirst().equals("the") || FORMS_BEFORE.contains(words.getFirst())) ? 1 : 0;
        return new ArrayList<>(words.subList(start, end));
    }

    /** How many words at the end are a legal form, if something stands before. */
    private static int legalForm(List<String> words) {
        int size = words.size();
        for (int length = Math.min(LONGEST_PHRASE, size - 1); length > 0; length--) {
            if (LEGAL_PHRASES.contains(String.join("", words.subList(size - length, size)))) {
                return length;
            }
        }
        boolean form = size > 1
                && (LEGAL_FORMS.contains(words.getLast()) || words.getLast().equals("and"));
        return form ? 1 : 0;
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** Words and their order alone decide. */
    String key() {
        return String.join(" ", words);
    }

    /** Blanks decide nothing: {@code VantageLoop} is {@code Vantage Loop}, and {@code and} is left out. */
    String compact() {
        StringBuilder compact = new StringBuilder();
        words.stream().filter(word -> !word.equals("and")).forEach(compact::append);
        return compact.toString();
    }

    /** Without the generic words at the end. */
    List<String> distinctive() {
        return words.subList(0, words.size() - generic);
    }

    /** First letters of the words, with {@code and} and without. */
    List<String> initials() {
        if (words.size() < 2) {
            return List.of();
        }
        StringBuilder all = new StringBuilder();
        StringBuilder bare = new StringBuilder();
        for (String word : words) {
            all.append(word.charAt(0));
            if (!word.equals("and") && !word.equals("of")) {
                bare.append(word.charAt(0));
            }
        }
        return all.toString().contentEquals(bare) ? List.of(all.toString()) : List.of(all.toString(), bare.toString());
    }
}
