/** Certifies an unlearning. */
package io.github.deepcut.certification;
