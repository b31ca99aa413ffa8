import { z } from 'zod';
import type { GroupState, Membership } from '../../lib/directory/groups.js';
import type { ExplainedRoom } from '../../lib/explain/explain-rooms.js';
import type { MatchExplanation } from '../../lib/explain/match-explanation.js';
import type { DeactivationCause } from '../../models/change-row.js';
import { instant } from './basics.js';

const shownValue = z
  .union([
    z.string(),
    z.strictObject({ hex: z.string() }),
    z.strictObject({ sha256: z.string(), bytes: z.int() }),
    z.strictObject({ bytes: z.int() }),
  ])
  .describe(
    'Text; bytes that are no text; a photo or anything above 1 kB; a value that was too large to be read',
  );

export const shownEntry = z.strictObject({
  dn: z.string(),
  attributes: z
    .array(
      z.strictObject({
        name: z.string(),
        values: z.array(shownValue).max(51),
        omitted: z.int().optional().describe('So many values more'),
      }),
    )
    .describe(
      "Only what a sync asks for; never a password. A list, since attribute names are the directory's.",
    ),
});

const membership = z.enum(['member', 'not-member', 'unknown'] satisfies readonly Membership[]);

export const wholeGroup = z.strictObject({
  name: z.string(),
  membership,
  state: z
    .enum(['read', 'missing', 'empty', 'dynamic', 'cut', 'unread'] satisfies readonly GroupState[])
    .describe('What was read of the group. Only one that is `read` says of somebody that they are not in it'),
  dns: z.array(z.string()).max(10).describe('Of the entries with this name'),
});

/** What the host has stored may be anything. */
export const explainedUser = z.strictObject({
  _id: z.string(),
  username: z.string().optional(),
  name: z.string().optional(),
  emails: z.array(z.looseObject({ address: z.string() })).optional(),
  active: z.boolean(),
  roles: z.array(z.string()).optional(),
  ldap: z.strictObject({ id: z.string(), idAttribute: z.string().optional() }).nullable(),
  ldapSync: z
    .strictObject({
      deactivatedAt: instant.optional(),
      deactivatedBecause: z.enum([
        'missing-from-directory',
        'disabled-in-directory',
      ] satisfies readonly DeactivationCause[]),
      deactivatedByRun: z.string().optional(),
    })
    .nullable()
    .describe('Why and when a run switched the user off'),
});

const RULES = [
  'immutable-id',
  'merge-by-email',
  'new',
  'needs-decision',
  'conflict',
  'not-synced',
] as const satisfies readonly MatchExplanation['rule'][];

export const matchExplanation = z.strictObject({
  rule: z.enum(RULES),
  explanation: z.string(),
  remedy: z.string().optional(),
});

export const shownRoom = z.strictObject({
  kind: z.enum(['channels', 'teams'] satisfies readonly ExplainedRoom['kind'][]),
  name: z.string().describe('As the map has it'),
  groups: z
    .array(z.strictObject({ group: z.string(), membership }))
    .max(20)
    .describe('The groups that give it, those that have the person first'),
  isInside: z.boolean().describe('Whether the user is in the room now'),
  fate: z
    .enum(['joins', 'stays', 'leaves', 'nothing'] satisfies readonly ExplainedRoom['fate'][])
    .describe('What a sync does'),
  explanation: z.string(),
});
