/** Rules that stop an unlearning by statistics of the examiner. */
package io.github.deepcut.stop;
