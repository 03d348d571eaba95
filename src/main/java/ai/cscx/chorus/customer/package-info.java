/** Customers, and the matcher that says which of them a call belongs to, and why. */
@NullMarked
package ai.cscx.chorus.customer;

import org.jspecify.annotations.NullMarked;
