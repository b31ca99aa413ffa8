import { z } from 'zod';
import { ADVICE_CODES } from '../../lib/advice.js';
import { FINDING_CODES } from '../../lib/findings/finding.js';
import { OBSERVATION_CODES } from '../../lib/findings/observation.js';

/** A time in an answer. */
export const instant = z.iso.datetime();

export const requester = z.strictObject({ _id: z.string(), username: z.string().optional() });

export const adviceCode = z.enum(ADVICE_CODES).meta({
  id: 'AdviceCode',
  description:
    'For translation: what `reason` and `remedy` are about. Older reports have none; later versions may add codes',
});

export const adviceParams = z.record(z.string(), z.union([z.string(), z.number()])).meta({
  id: 'AdviceParams',
  description: 'For translation: the values in `reason` and `remedy`, by name',
});

/** Where a row has them, it has both. */
export const translation = { code: adviceCode.optional(), params: adviceParams.optional() };

export const runProblem = z
  .strictObject({
    message: z.string(),
    remedy: z.string(),
    setting: z.string().optional().describe('The setting to look at, where one is to blame'),
  })
  .meta({ id: 'RunProblem', description: 'Something that concerns a run, or the sync, as a whole' });

export const findingCode = z.enum(FINDING_CODES).meta({
  id: 'FindingCode',
  description: 'For translation: what `message` and `remedy` are about. Later versions may add codes',
});

export const settingProblem = z
  .strictObject({
    setting: z.string().describe('The setting to look at'),
    message: z.string(),
    remedy: z.string(),
    code: findingCode,
    params: adviceParams,
  })
  .meta({ id: 'SettingProblem' });

/** Why a sync does not bring somebody. */
export const personReason = z.strictObject({
  reason: z.string().describe('Why a sync does not bring this person'),
  remedy: z.string(),
  code: z.union([adviceCode, findingCode]),
  params: adviceParams,
});

/** What was seen, for translation. */
export const seen = z
  .array(
    z.strictObject({ code: z.enum(OBSERVATION_CODES).meta({ id: 'ObservationCode' }), params: adviceParams }),
  )
  .meta({
    id: 'Seen',
    description:
      'For translation: what the sentences beside it say, one by one. Later versions may add codes',
  });

export const directoryServer = z
  .strictObject({
    host: z.string(),
    port: z.int(),
    kind: z
      .string()
      .describe('A stable name of the product, such as `openldap`, `active-directory`, `389-ds`'),
    name: z.string().describe('For people'),
    version: z.string().optional(),
  })
  .meta({ id: 'DirectoryServer', description: 'The directory server that answered, as it says who it is' });

/** The answer of a call that only says that something happened. */
export function message<const Text extends string>(text: Text) {
  return z.strictObject({ message: z.literal(text) });
}
