/** An attribute in a template. A brace in it ends the look for its end, which would be as long as the text. */
export const PLACEHOLDER = /#\{([^{}]*)\}/g;
