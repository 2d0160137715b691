/** Readers of files: which format it is, and a table of what it holds. */
package io.github.deepcut.data.read;
