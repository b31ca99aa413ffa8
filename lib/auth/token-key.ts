import { createHash } from 'node:crypto';
import type { Principal } from './principal.js';

/**
 * Tells the login tokens of a user apart where attempts are counted: hex SHA-256 of what the sign-in gave as
 * `tokenId`, so that no host's own sign-in gets a token stored in clear; `''` where it gives none.
 */
export function toTokenKey({ tokenId }: Principal): string {
  if (typeof tokenId !== 'string' || tokenId === '') return '';
  return createHash('sha256').update(tokenId).digest('hex');
}
