/**
 * Pools of models that are trained as another was: how what they say is kept, and the processes
 * that train them. How a model is trained, and on what, is none of its business.
 */
package io.github.deepcut.pool;
