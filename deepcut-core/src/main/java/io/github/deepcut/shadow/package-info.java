/**
 * The pool of shadow models: who takes part in which training, what the models say, how that is
 * kept, and the processes that train them. How a model is trained is none of its business.
 */
package io.github.deepcut.shadow;
