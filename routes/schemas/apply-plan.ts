import { z } from 'zod';
import { SECRET_IDS } from '../../lib/settings/secret-settings.js';
import { message } from './basics.js';
import { runId } from './parameters.js';

export const applyPlanBody = z.strictObject({
  runId: runId.describe('The run of a preview'),
  secrets: z
    .partialRecord(z.enum(SECRET_IDS), z.string().nullable())
    .optional()
    .describe('The passwords that the preview was made with, by setting: they are kept nowhere'),
});
export const applyPlanDemand =
  'The body must be {"runId": "…"} with the id of the run of a preview, may have "secrets" with the passwords of the ' +
  'preview by setting, and nothing else';
export const applyPlanAnswer = message('Application_in_progress');
