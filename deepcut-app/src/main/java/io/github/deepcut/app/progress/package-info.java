/** How the command line tells how far it is. */
package io.github.deepcut.app.progress;
