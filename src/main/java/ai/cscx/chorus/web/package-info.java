/** The HTTP door: routes, who asks, errors as statuses, the description of it all. Holds no rules of the business. */
@NullMarked
package ai.cscx.chorus.web;

import org.jspecify.annotations.NullMarked;
