/** SISA (arXiv 1912.03817): ensembles that unlearn exactly. */
package io.github.deepcut.sisa;
