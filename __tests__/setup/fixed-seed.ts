import fc from 'fast-check';

/** A mutant is judged by the same cases as the one before it. */
fc.configureGlobal({ seed: 20_260_101 });
