package ai.cscx.chorus.pages;

/** An entry of a list to choose from. */
record Choice(String value, String label, boolean chosen) {}
