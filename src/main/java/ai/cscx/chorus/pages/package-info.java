/** What people see in a browser: pages drawn on the server from the same verbs that the HTTP interface calls. */
@NullMarked
package ai.cscx.chorus.pages;

import org.jspecify.annotations.NullMarked;
