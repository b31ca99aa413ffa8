import { z } from 'zod';
import { SECRET_IDS } from '../../lib/settings/secret-settings.js';
import { instant, requester, settingProblem } from './basics.js';
import { page, RUN_ID } from './parameters.js';
import { SETTINGS_DEMAND, settingValues } from './setting-values.js';

const revision = z.string().nullable();

const settingRow = z
  .strictObject({
    setting: z.string(),
    value: z.unknown().optional().describe('What counts now; absent of a secret'),
    isSecret: z.boolean(),
    source: z.enum(['environment', 'database', 'default']),
    default: z
      .union([z.boolean(), z.number(), z.string()])
      .optional()
      .describe('Absent of a setting that this package does not read'),
    type: z.enum(['boolean', 'int', 'string']).optional(),
    range: z
      .union([z.strictObject({ min: z.number(), max: z.number() }), z.array(z.string())])
      .optional()
      .describe('Of a number its ends, of a text its choices'),
    part: z.string().optional(),
    about: z.string(),
    effect: z.enum(['used', 'none']),
  })
  .meta({ id: 'Setting' });

const isSharedWithRocketChat = z
  .boolean()
  .describe('A Rocket.Chat on the same database may have to be restarted to see a change');

export const settingsAnswer = z.strictObject({
  settings: z.array(settingRow),
  revision: revision.describe('The newest change that was made by this package'),
  isWritable: z.boolean().describe('Whether they can be changed here'),
  isSharedWithRocketChat,
});

const settingChange = z
  .union([
    z.strictObject({
      setting: z.string(),
      from: z.unknown().describe('As it was stored; null: nothing was'),
      to: z.unknown(),
    }),
    z.strictObject({
      setting: z.string(),
      isSecret: z.literal(true).describe('It was changed; the values are not kept'),
    }),
  ])
  .meta({ id: 'SettingChange' });

const seenRevision = z
  .string()
  .regex(RUN_ID)
  .nullable()
  .optional()
  .describe('As `ldap.settings` gave it: refused when somebody else has changed the settings since');

export const changeSettingsBody = z.strictObject({ settings: settingValues, revision: seenRevision });
export const changeSettingsDemand = `The body must have ${SETTINGS_DEMAND}; may have "revision", as ldap.settings gives it; and nothing else`;

export const changeSettingsAnswer = z.strictObject({
  revision: revision.describe('The id of the change; null when nothing differed'),
  changes: z.array(settingChange),
  warnings: z.array(settingProblem),
  isSharedWithRocketChat,
});

export const settingsHistoryQuery = z.object(page());
export const settingsHistoryAnswer = z.strictObject({
  changes: z.array(
    z.strictObject({
      _id: z.string(),
      at: instant,
      by: requester,
      changes: z.array(settingChange),
      restores: z.string().optional().describe('The change that was taken back, with all that came after it'),
      applies: z.string().optional().describe('The preview whose settings were saved by it'),
    }),
  ),
});

export const restoreSettingsBody = z.strictObject({
  changeId: z.string().regex(RUN_ID).describe('Of `ldap.settingsHistory`'),
  secrets: z
    .partialRecord(z.enum(SECRET_IDS), z.string().nullable())
    .optional()
    .describe('Passwords by setting; null forgets one'),
  revision: seenRevision,
});
export const restoreSettingsDemand =
  'The body must be {"changeId": "…"} with an id of ldap.settingsHistory, may have "secrets" with passwords by ' +
  'setting and "revision", as ldap.settings gives it, and nothing else';
export const restoreSettingsAnswer = changeSettingsAnswer;
