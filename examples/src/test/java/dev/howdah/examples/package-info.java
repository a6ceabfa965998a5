/** Tests of the examples: each runs and prints what it should, and the pages show what compiles. */
@NullMarked
package dev.howdah.examples;

import org.jspecify.annotations.NullMarked;
