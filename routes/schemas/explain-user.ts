import { z } from 'zod';
import type { LookUpResult } from '../../lib/sync/removals/look-up-people.js';
import { ASKED_FIELDS, askedPerson, isOneAsked, ONE_ASKED } from './asked-person.js';
import { instant, requester, translation } from './basics.js';
import { change } from './change.js';
import { removalCounts, removalKind } from './removal-counts.js';
import { runKind, runState } from './run.js';
import { explainedUser, matchExplanation, shownEntry, shownRoom, wholeGroup } from './explained-parts.js';

export const explainUserQuery = z.object(ASKED_FIELDS).refine(isOneAsked, ONE_ASKED);

const explainedField = z.strictObject({
  field: z
    .string()
    .describe(
      '`username`, `name`, `emails`, `id`, `homeServer`, `sipExtension`, `roles` (what groups give, where the ' +
        'settings ask for that; `note` says which), `active`, `photo`, `abac` (a list of `key` and `values`) or a ' +
        'custom field (`customFields.address.city`); later versions may have more.',
    ),
  value: z.unknown(),
  setting: z.string(),
  attributes: z.array(z.string()),
  note: z.string().optional(),
});

const guard = z.strictObject({
  linked: z.int().describe('Active users who are linked to the directory'),
  limits: removalCounts.describe('So many of a kind may happen in one run without an approval'),
  waiting: z.array(removalKind).describe("The kinds of this person's removals"),
  undecidedRun: z.string().nullable().describe('The held run whose list nobody has decided about'),
  explanation: z.string(),
});

const pastRun = z.strictObject({
  runId: z.string(),
  at: instant,
  kind: runKind.optional().describe('Absent, like `requestedBy` and `state`, when the report is gone'),
  requestedBy: requester.optional(),
  state: runState.optional(),
  rows: z.array(change),
});

const WHEREABOUTS = [
  'present',
  'outside-group',
  'outside-filter',
  'outside-base',
  'gone',
] as const satisfies readonly LookUpResult['kind'][];

export const explainUserAnswer = z.strictObject({
  asked: askedPerson.describe('The one thing that was asked by'),
  entry: shownEntry.nullable(),
  whereabouts: z.enum(WHEREABOUTS).nullable().describe('`null`: no entry belongs to the user'),
  group: wholeGroup
    .nullable()
    .describe(
      'The group whose members are synced (LDAP_Group_Filter_Enable), and what it said of the person. `null`: there ' +
        'is none, or no entry was found',
    ),
  fields: z
    .array(explainedField)
    .describe('What each field of the user is made of. Empty without an entry, or when it cannot be mapped.'),
  rejection: z.strictObject({ reason: z.string(), remedy: z.string(), ...translation }).nullable(),
  user: explainedUser.nullable(),
  match: matchExplanation,
  rooms: z
    .array(shownRoom)
    .max(200)
    .describe('The channels and teams of the maps that groups give the person, or in which the user is'),
  changes: z.array(change).describe('What a sync would do to this person now'),
  guard,
  runs: z
    .array(pastRun)
    .max(10)
    .describe('The last runs that had to do with the user, previews included, newest first'),
});
