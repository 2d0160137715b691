/** Which rows resemble which, without a model. */
package io.github.deepcut.unlearn.similar;
