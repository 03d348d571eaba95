/** The roof: reads the configuration and wires everything once, in start order. Nobody imports it. */
@NullMarked
package ai.cscx.chorus;

import org.jspecify.annotations.NullMarked;
