/** What an advice is about, as a closed list of stable codes, for translation. */
export const ADVICE_CODES = [
  // Of an entry.
  'attribute-too-long',
  'attribute-not-text',
  'attribute-with-control-characters',
  'attribute-with-too-many-values',
  'variable-failed',
  'no-email-address',
  'unusable-address',
  'unusable-username',
  'unusable-home-server',
  'federation-off',
  'custom-field-not-allowed',
  'custom-field-required',
  'custom-field-in-the-way',
  'abac-attribute-unusable',
  'abac-attributes-in-the-way',
  'entry-unidentified',
  'entry-id-repeated',
  // Of a photo.
  'photo-too-large',
  'photo-in-unknown-format',
  'photo-unsupported',
  'photo-with-too-many-pixels',
  'photo-too-costly',
  'photo-damaged',
  'photo-takes-too-much-time',
  'photo-takes-too-much-memory',
  'photo-crashes-the-decoder',
  'photo-missed-the-deadline',
  'photo-decoder-unavailable',
  'photo-decoder-ended',
  'photo-left-by-ended-run',
  'photo-not-stored',
  'photo-deleted',
  // Of a person who cannot become a user, or get what the entry says.
  'several-accounts-linked',
  'names-belong-to-another',
  'names-belong-to-several',
  'names-belong-to-departed',
  'merge-needs-decision',
  'merged',
  'relink-needs-decision',
  'relinked',
  'address-belongs-to-another',
  'domain-not-allowed',
  'username-reserved',
  'username-not-allowed',
  'membership-unknown',
  'federation-conversion',
  'federated-not-renamed',
  'federated-not-switched',
  // Of a user who could not be written, or is to be looked at.
  'names-taken-meanwhile',
  'extension-taken',
  'changed-meanwhile',
  'write-refused',
  'user-busy',
  'back-but-still-off',
  'enabled-but-still-off',
  // Of a removal.
  'switched-off',
  'last-administrator',
  'last-role',
  'access-revoked',
  'access-not-given-back',
  'last-owner',
  'membership-gone',
  'username-taken',
  'address-taken',
  'taken-by-another',
  'changed-since',
  'account-unlinked',
  'settings-changed',
  'entry-no-longer-synced',
  'entry-unreadable',
  'present-after-all',
  'no-longer-wanted',
  // Of the removals of a run, as the guard sees them.
  'sweep-incomplete',
  'directory-empty',
  'entry-ids-repeated',
  'entries-unidentified',
  'directory-unverified',
  'too-many-removals',
  'attribute-nowhere',
  'role-nowhere',
  'room-nowhere',
  'groups-without-people',
  'sweep-contradicted',
  'earlier-run-undecided',
  'decision-needed',
  'not-in-plan',
  // Of a preview that has been applied.
  'plan-overtaken',
  // Of the directory server.
  'certificate-ends-soon',
  'certificate-ended',
  // Of the database server.
  'transactions-missing',
] as const;

export type AdviceCode = (typeof ADVICE_CODES)[number];

/** The values in the texts, by name. A list is one text, its items separated by `, `. */
export type AdviceParams = Readonly<Record<string, string | number>>;

/** What is wrong with something, and what to do about it. */
export interface Advice {
  readonly code: AdviceCode;
  readonly params: AdviceParams;
  /** One or more English sentences: what is wrong. */
  readonly reason: string;
  /** One or more English sentences: what to do. */
  readonly remedy: string;
}

/** The part of something larger that is an advice. */
export function toAdvice({ code, params, reason, remedy }: Advice): Advice {
  return { code, params, reason, remedy };
}
