/** What {@code deepcut.json} and {@code ensemble.json} say of how a model was made. */
package io.github.deepcut.record;
