/**
 * What is asked of opened models beside their answers: their latent space, what training on and
 * rounding does to them, what shadow models say.
 */
package io.github.deepcut.examination;
