/**
 * How a person may be asked about. `id`: a chat user's `_id`, or the immutable id as `services.ldap.id` holds
 * it (hex).
 */
export const ASKED_BY = ['username', 'email', 'dn', 'id'] as const;

/** The person that an explanation or the sync of one person is about. */
export interface Asked {
  readonly by: (typeof ASKED_BY)[number];
  /** Not empty. */
  readonly text: string;
}
