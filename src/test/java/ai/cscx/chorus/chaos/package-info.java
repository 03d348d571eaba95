/** What is promised must hold whatever breaks: seeded faults, changes and kills, and a program that checks from outside. */
@NullMarked
package ai.cscx.chorus.chaos;

import org.jspecify.annotations.NullMarked;
