/** Many methods on one request, under one budget: the composition of all other packages. */
package io.github.deepcut.compare;
