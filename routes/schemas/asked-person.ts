import { z } from 'zod';
import { ASKED_BY, type Asked } from '../../models/asked-person.js';

const MAX_LENGTH: Readonly<Record<Asked['by'], number>> = { username: 256, email: 256, dn: 1_024, id: 256 };

function field(by: Asked['by'], about: string) {
  const rule = `Give ${by} once, as a text of 1 to ${MAX_LENGTH[by]} characters`;
  return z
    .string(rule)
    .min(1, rule)
    .max(MAX_LENGTH[by], rule)
    .refine((text) => text.trim() !== '' && !text.includes('\0'), rule)
    .optional()
    .describe(about);
}

/** The ways to ask for a person; a call takes one of them. */
export const ASKED_FIELDS = {
  username: field('username', "The chat user's, or the directory's; its case does not matter"),
  email: field('email', 'An address of the user or of the entry'),
  dn: field('dn', 'The DN of the entry'),
  id: field('id', 'The `_id` of a chat user, or the immutable id as hex (`services.ldap.id`)'),
} satisfies Record<Asked['by'], unknown>;

type Given = { readonly [By in Asked['by']]?: string | undefined };

export const ONE_ASKED = 'Give exactly one of username, email, dn and id';

export function isOneAsked(given: Given): boolean {
  return ASKED_BY.filter((by) => given[by] !== undefined).length === 1;
}

/** The schema lets exactly one pass. */
export function toAsked(given: Given): Asked {
  const by = ASKED_BY.find((name) => given[name] !== undefined) ?? 'username';
  return { by, text: given[by] ?? '' };
}

/** The one thing that somebody was asked for by. */
export const askedPerson = z.strictObject({
  username: z.string().optional(),
  email: z.string().optional(),
  dn: z.string().optional(),
  id: z.string().optional(),
} satisfies Record<Asked['by'], unknown>);
