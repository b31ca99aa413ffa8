import { z } from 'zod';
import { ROW_ID } from '../../lib/sync/history/row-place.js';
import { message } from './basics.js';
import { runId } from './parameters.js';

/** Most rows that one decision names; more do not fit into a body of 64 kB, and are decided in parts. */
const MAX_ROWS = 3_000;

const rows = z
  .array(z.string().regex(ROW_ID))
  .min(1)
  .max(MAX_ROWS)
  .optional()
  .describe(
    'The `id`s of rows of `ldap.runChanges` that this is about; absent: all that wait. Rows that do not wait are ' +
      'passed over; when none does, the answer is `rows-not-waiting`.',
  );

const MAY_HAVE_ROWS =
  'The body must be {"runId": "…"} with the 17 characters of a run id, and may have "rows", a list of ' +
  `1 to ${MAX_ROWS} ids of rows of ldap.runChanges`;

export const approveRunBody = z.strictObject({
  runId,
  rows,
  mail: z
    .boolean()
    .optional()
    .describe(
      'Whether those who are switched off or on are mailed, however many (`Accounts_Send_Email_When_Deactivating`, ' +
        '`…_Activating`); false: nobody is; absent: only when they are no more than `LDAP_Guard_Always_Allowed`',
    ),
});
export const approveRunDemand = `${MAY_HAVE_ROWS}, and "mail", which is true or false, and nothing else`;
export const approveRunAnswer = message('Approval_in_progress');

export const rejectRunBody = z.strictObject({ runId, rows });
export const rejectRunDemand = `${MAY_HAVE_ROWS}, and nothing else`;
export const rejectRunAnswer = message('Run_rejected');

/** The body of a call about a whole run. */
export const runBody = z.strictObject({ runId });
export const runDemand =
  'The body must be {"runId": "…"} with the 17 characters of a run id, and nothing else';
export const revertRunAnswer = message('Revert_in_progress');
export const cancelRunAnswer = message('Cancel_requested');
