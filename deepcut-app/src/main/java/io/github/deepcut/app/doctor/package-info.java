/** What {@code deepcut doctor} looks at. */
package io.github.deepcut.app.doctor;
