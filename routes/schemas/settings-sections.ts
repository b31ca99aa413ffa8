import { z } from 'zod';
import type { SectionName } from '../../lib/probe/sections/section.js';
import { instant, personReason, seen, settingProblem } from './basics.js';
import { account, connection } from './connection-sections.js';

const dns = z.array(z.string());
const listed = z.strictObject({ count: z.int(), dns });

export const personReport = z.strictObject({
  username: z.string(),
  isFound: z.boolean(),
  fields: z.array(z.string()).describe('The attributes that were searched by'),
  filter: z.string(),
  dns: z.array(z.string()).max(2),
  ...personReason.partial().shape,
});

const people = z.strictObject({
  base: z.strictObject({ dn: z.string(), isReadable: z.boolean() }),
  scope: z.string(),
  filter: z.string(),
  count: z.int().max(20_000),
  isMore: z.boolean(),
  samples: z.array(
    z.strictObject({ dn: z.string(), name: z.string().optional(), username: z.string().optional() }),
  ),
  lastRun: z.strictObject({ runId: z.string(), at: instant, read: z.int() }).optional(),
  person: personReport.optional(),
});

const attributeUse = z.strictObject({
  name: z.string(),
  having: z.int(),
  state: z.enum(['present', 'in-schema', 'unknown', 'unread-schema']),
});

const mapping = z.strictObject({
  sampled: z.int().max(200),
  fields: z.array(
    z.strictObject({
      part: z.string(),
      setting: z.string(),
      isTemplate: z.boolean(),
      having: z.int(),
      attributes: z.array(attributeUse),
    }),
  ),
  people: z.array(
    z.strictObject({
      dn: z.string(),
      rejection: personReason.optional(),
      fields: z.array(z.strictObject({ field: z.string(), value: z.string() })),
      photo: z.strictObject({ bytes: z.int(), sha256: z.string() }).optional(),
    }),
  ),
});

const groupState = z.enum(['read', 'missing', 'empty', 'dynamic', 'cut', 'unread']);

const groups = z.strictObject({
  used: z.array(
    z.strictObject({
      setting: z.string(),
      groups: z.array(z.strictObject({ name: z.string(), state: groupState, dns })),
      more: z.int(),
    }),
  ),
  overviews: z.array(
    z.strictObject({
      base: z.string(),
      groups: z.int().max(1_000),
      isMore: z.boolean(),
      biggest: z.array(z.strictObject({ dn: z.string(), members: z.int(), isMore: z.boolean() })),
      nested: z.int(),
      dynamic: listed,
      empty: listed,
    }),
  ),
});

function section<T extends z.ZodType>(facts: T) {
  return z.strictObject({
    state: z.enum(['ok', 'warning', 'failed', 'skipped']),
    problems: z.array(settingProblem),
    warnings: z.array(settingProblem),
    skipped: z.string().optional().describe('Why nothing was tested'),
    seen: seen.optional(),
    facts: facts.optional(),
  });
}

/** What the sections of a test of the settings answer; those that were asked for. */
export const settingsSections = z.strictObject({
  connection: section(connection).optional(),
  account: section(account).optional(),
  people: section(people).optional(),
  mapping: section(mapping).optional(),
  groups: section(groups).optional(),
} satisfies Record<SectionName, z.ZodType>);
