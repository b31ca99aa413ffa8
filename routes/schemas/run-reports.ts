import { z } from 'zod';
import { OUTCOMES } from '../../models/run-report.js';
import { instant, requester } from './basics.js';
import { change } from './change.js';
import { page, runIdParameter } from './parameters.js';
import { run, runKind, runWithRows } from './run.js';

/** Rows and problems that a report comes with; the rest is asked for page by page. */
export const FIRST_PAGE = { offset: 0, count: 50 } as const;
const MAX_TEXT = 200;
/** A held list is decided by people who see all of it; an answer is cut by its bytes besides. */
const MAX_CHANGES = 500;

export const runInfoQuery = z.object({ runId: runIdParameter, ...page({ defaultCount: FIRST_PAGE.count }) });
export const runInfoAnswer = z.strictObject({
  run: runWithRows,
  offset: z.int(),
  count: z.int().describe('Rows asked for'),
});

export const listRunsQuery = z.object(page());
export const listRunsAnswer = z.strictObject({
  runs: z.array(run),
  count: z.int().describe('Reports on this page'),
  offset: z.int(),
  total: z.int(),
});

const NO_TEXT = `text must be 1 to ${MAX_TEXT} characters`;

export const runChangesQuery = z.object({
  runId: runIdParameter,
  ...page({ maxCount: MAX_CHANGES }),
  outcome: z.enum(OUTCOMES, `outcome must be one of ${OUTCOMES.join(', ')}`).optional(),
  text: z
    .string(NO_TEXT)
    .min(1, NO_TEXT)
    .max(MAX_TEXT, NO_TEXT)
    .refine((text) => !text.includes('\0'), NO_TEXT)
    .optional()
    .describe('Searched for in names, DNs, ids and values, whatever its case'),
});
export const runChangesAnswer = z.strictObject({
  changes: z.array(change),
  count: z.int().describe('Changes on this page'),
  offset: z.int().describe('A place in the account: every row counts, whether or not it matches'),
  nextOffset: z.int().optional().describe('Where to go on; absent at the end'),
  total: z.int().describe('Rows of the account, whether or not they match'),
});

const NO_USER_ID = 'userId must be the _id of a user';

export const userHistoryQuery = z.object({
  userId: z
    .string(NO_USER_ID)
    .regex(/^[!-~]{1,64}$/, NO_USER_ID)
    .describe('`users._id`'),
  ...page(),
});
export const userHistoryAnswer = z.strictObject({
  userId: z.string(),
  changes: z.array(
    change.extend({
      run: z.strictObject({
        runId: z.string(),
        at: instant,
        kind: runKind.optional().describe('Absent, like `requestedBy`, when the report is gone'),
        requestedBy: requester.optional(),
        omitted: z.int().optional().describe('Changes of the run to the user that are left out'),
      }),
    }),
  ),
  count: z.int().describe('Changes'),
  offset: z.int().describe('Runs'),
  nextOffset: z.int().optional().describe('The number of the run to go on with; absent at the end'),
});

export const runEventsQuery = z.object({ runId: runIdParameter });
/** What the events of a stream hold, by their name. */
export const RUN_EVENTS = { progress: run, finished: runWithRows } as const;
