/** The {@code deepcut} command line. */
package io.github.deepcut.app;
