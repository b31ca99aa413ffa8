import { z } from 'zod';
import { directoryServer, seen, settingProblem } from './basics.js';
import { SETTINGS_DEMAND, settingValues } from './setting-values.js';

export const suggestSettingsBody = z.strictObject({ settings: settingValues.optional() }).default({});
export const suggestSettingsDemand = `The body may have ${SETTINGS_DEMAND}; and nothing else`;

const text = z.union([z.boolean(), z.number(), z.string()]);
const candidate = z.strictObject({ value: text, because: z.string(), seen });

export const suggestSettingsAnswer = z.strictObject({
  server: directoryServer.optional(),
  contexts: z.array(z.string()).max(20).describe('The parts of the directory'),
  looked: z.strictObject({
    base: z.string().optional(),
    people: z.int(),
    isMore: z.boolean(),
    groups: z.int(),
  }),
  proposals: z
    .array(
      candidate.extend({
        setting: z.string(),
        current: text,
        confidence: z.enum(['high', 'medium', 'low']),
        others: z.array(candidate).max(5),
      }),
    )
    .describe('They can be tried out as they are, together'),
  hints: z
    .array(settingProblem.extend({ value: text.optional() }))
    .describe('What would change where a password is sent, or how; or comes from the environment'),
  needs: z.array(settingProblem).describe('What has to be given before more can be said'),
});
