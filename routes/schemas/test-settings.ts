import { z } from 'zod';
import { SECTION_NAMES } from '../../lib/probe/sections/section.js';
import { directoryServer, instant, message, settingProblem } from './basics.js';
import { SETTINGS_DEMAND, settingValues } from './setting-values.js';

/** Rocket.Chat's form sends a name of digits as a number. */
const username = z.preprocess(
  (name: string | number) => (typeof name === 'number' ? String(name) : name),
  z.string().min(1).max(256),
);

export const testConnectionAnswer = message('LDAP_Connection_successful');

export const testSearchBody = z.strictObject({ username });
export const testSearchDemand = 'The body must be {"username": "…"} and nothing else';
export const testSearchAnswer = message('LDAP_User_Found');

export const testSettingsBody = z
  .strictObject({
    username: username.optional(),
    settings: settingValues.optional(),
    sections: z.array(z.enum(SECTION_NAMES)).min(1).max(SECTION_NAMES.length).optional(),
  })
  .default({});
export const testSettingsDemand = `The body may have "username", a text, "sections", a list of ${SECTION_NAMES.join(', ')}, and ${SETTINGS_DEMAND}; and nothing else`;

const certificate = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  validTo: instant,
  daysLeft: z.int().describe('Negative when it has expired'),
});

const people = z.strictObject({
  count: z.int().max(5_000),
  isMore: z.boolean().describe('There are more than `count`'),
  names: z.array(z.string()).max(3),
});

const attributes = z.array(
  z.strictObject({
    setting: z.string(),
    attributes: z.array(z.string()),
    having: z.int(),
    of: z.int(),
  }),
);

const person = z.strictObject({
  username: z.string(),
  isFound: z.boolean(),
  fields: z.array(z.string()).describe('The attributes that were searched by'),
  filter: z.string().describe('`LDAP_User_Search_Filter`'),
  dns: z.array(z.string()).max(2).describe('The entries that were found, however'),
  reason: z.string().optional().describe('Why a sync does not bring this person'),
  remedy: z.string().optional(),
});

export const testSettingsAnswer = z.looseObject({
  server: directoryServer.optional(),
  certificate: certificate.optional().describe('Of an encrypted connection'),
  base: z.strictObject({ dn: z.string(), isReadable: z.boolean() }).optional(),
  sections: z.looseObject({}).optional(),
  people: people.optional().describe('Whom a sync would read'),
  attributes: attributes.optional().describe('What each setting names, and how many of those looked at have it'),
  problems: z
    .array(settingProblem)
    .optional()
    .describe('With these a sync fails, or brings nobody or less than was meant'),
  warnings: z.array(settingProblem).optional(),
  person: person.optional(),
});
