/** How a person may be asked about. `id`: a chat user's `_id`, or the immutable id as `services.ldap.id` holds it (hex). */
export const ASKED_BY = ['username', 'email', 'dn', 'id'] as const;

export interface Asked {
  readonly by: (typeof ASKED_BY)[number];
  /** Not empty. */
  readonly text: string;
}

const HEX = /^(?:[0-9a-f]{2})+$/;

/** The text as an immutable id, lower-case hex; `undefined` when it cannot be one. */
export function toHexId(text: string): string | undefined {
  const hex = text.toLowerCase();
  return HEX.test(hex) ? hex : undefined;
}
