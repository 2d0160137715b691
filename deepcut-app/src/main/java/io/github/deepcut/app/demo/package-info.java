/** Invented clinical notes, and what the demo does with them. */
package io.github.deepcut.app.demo;
