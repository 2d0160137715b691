/** Kills every command at random moments and looks at what is left. */
package io.github.deepcut.bench.kill;
