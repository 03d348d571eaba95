package ai.cscx.chorus.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** The templates of src/main/jte, which the build turned into classes of this package. Thread-safe. */
final class Templates {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Templates.class.getClassLoader(), Templates.class.getPackageName());

    /** The page as HTML; everything in it that is not the template's own is escaped. */
    String draw(String template, Object page) {
        StringOutput out = new StringOutput();
        engine.render(template + ".jte", page, out);
        return out.toString();
    }
}
