/**
 * What the page may do in a browser: run its own files and talk to its own origin, and nothing else. Names that
 * come from a directory are text there; this is what is left to somebody who finds a way around that.
 */
export function toSecurityPolicy(frameAncestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    // Pictures of people come with the headers of a sign-in, which an address cannot have.
    "img-src 'self' data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
    ["frame-ancestors 'self'", ...frameAncestors].join(' '),
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
