/** The commands, one class each, and what they share. */
package io.github.deepcut.app.command;
