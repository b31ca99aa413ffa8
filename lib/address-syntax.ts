import { analyzeDomain, analyzeEmail } from '@hapi/address';

/** A mail domain inside a company may have a single label. Underscores occur in host names. */
const OPTIONS = { minDomainSegments: 1, allowUnderscore: true } as const;

/** Why a text is no e-mail address (RFC 5321 without quoted names, RFC 6531), in words; `undefined`: it is one. */
export function findAddressFault(text: string): string | undefined {
  return toWords(analyzeEmail(text, OPTIONS)?.error);
}

/** Why a text is no domain of addresses. */
export function findDomainFault(text: string): string | undefined {
  return toWords(analyzeDomain(text, OPTIONS)?.error);
}

function toWords(error: string | undefined): string | undefined {
  return error === undefined ? undefined : error.charAt(0).toLowerCase() + error.slice(1);
}
