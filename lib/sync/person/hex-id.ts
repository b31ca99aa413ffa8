import { isHexId } from '../../mapping/ldap-identity.js';

/** The text as an immutable id, lower-case hex; `undefined` when it cannot be one. */
export function toHexId(text: string): string | undefined {
  const hex = text.toLowerCase();
  return isHexId(hex) ? hex : undefined;
}
