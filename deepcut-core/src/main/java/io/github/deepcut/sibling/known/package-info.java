/** What is known of siblings, for an erasure that does not know how they are trained. */
package io.github.deepcut.sibling.known;
