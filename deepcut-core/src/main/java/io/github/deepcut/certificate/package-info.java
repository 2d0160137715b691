/** Certificates of unlearning: written, read and checked without libtorch. */
package io.github.deepcut.certificate;
