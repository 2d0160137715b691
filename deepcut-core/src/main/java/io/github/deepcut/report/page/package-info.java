/** The report as one HTML file: texts and tables from here, charts drawn by D3 in the page. */
package io.github.deepcut.report.page;
