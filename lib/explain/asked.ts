import { isHexId } from '../mapping/ldap-identity.js';

/**
 * How a person may be asked about. `id`: a chat user's `_id`, or the immutable id as `services.ldap.id` holds
 * it (hex).
 */
export const ASKED_BY = ['username', 'email', 'dn', 'id'] as const;

export interface Asked {
  readonly by: (typeof ASKED_BY)[number];
  /** Not empty. */
  readonly text: string;
}

/** The text as an immutable id, lower-case hex; `undefined` when it cannot be one. */
export function toHexId(text: string): string | undefined {
  const hex = text.toLowerCase();
  return isHexId(hex) ? hex : undefined;
}
