import { z } from 'zod';
import { SECRET_IDS } from '../../lib/settings/secret-settings.js';
import { RUN_ID } from './parameters.js';

/** As long as a value of a setting may be. */
const MAX_SECRET = 256 * 1024;

/** `secrets`: those of the preview, by setting; `null`: its default. */
export const applyPlanBody = z.strictObject({
  runId: z.string().regex(RUN_ID),
  secrets: z.partialRecord(z.enum(SECRET_IDS), z.union([z.string().max(MAX_SECRET), z.null()])).optional(),
});

export const applyPlanAnswer = z.strictObject({
  message: z.literal('Application_in_progress'),
});

export const applyPlanDemand =
  'The body must be {"runId": "…"} with the id of the run of a preview, may have "secrets" with the passwords of the ' +
  'preview by setting, and nothing else';
