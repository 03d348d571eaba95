package ai.cscx.chorus.pages;

/** What a page does for a visit. */
@FunctionalInterface
interface Action {
    void handle(Visit visit);
}
