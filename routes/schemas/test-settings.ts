import { z } from 'zod';
import { SECTION_NAMES } from '../../lib/probe/sections/section.js';
import { settingValues } from '../setting-values.js';
import { directoryServer, personReport, settingProblem, settingsSections } from './settings-sections.js';

const username = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((text) => text.length > 0 && text.length <= 256);

export const testSearchBody = z.strictObject({ username });

export const testSettingsBody = z
  .strictObject({
    username: username.optional(),
    settings: settingValues.optional(),
    sections: z.array(z.enum(SECTION_NAMES)).min(1).max(SECTION_NAMES.length).optional(),
  })
  .default({});

const count = z.int();

/** Answers without `sections` in the body have all of it; with it, `sections` alone. */
export const testSettingsAnswer = z.union([
  z.strictObject({ success: z.literal(true), sections: settingsSections }),
  z.strictObject({
    success: z.literal(true),
    server: directoryServer.optional(),
    certificate: z
      .strictObject({ subject: z.string(), issuer: z.string(), validTo: z.iso.datetime(), daysLeft: count })
      .optional(),
    base: z.strictObject({ dn: z.string(), isReadable: z.boolean() }),
    people: z.strictObject({
      count: count.max(5_000),
      isMore: z.boolean(),
      names: z.array(z.string()).max(3),
    }),
    attributes: z.array(
      z.strictObject({ setting: z.string(), attributes: z.array(z.string()), having: count, of: count }),
    ),
    problems: z.array(settingProblem),
    warnings: z.array(settingProblem),
    person: personReport.optional(),
    sections: settingsSections.required(),
  }),
]);
