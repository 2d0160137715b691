/** What a report page draws, as plain numbers. Records only, never a tensor. */
package io.github.deepcut.report.figure;
