import { z } from 'zod';
import { RUN_KINDS } from '../../lib/sync/run/run-kinds.js';
import { OUTCOMES, RUN_PHASES, RUN_STATES, type Outcome, type RunKind } from '../../models/run-report.js';
import { directoryServer, instant, requester, runProblem, translation } from './basics.js';
import { askedPerson } from './asked-person.js';
import { removalCounts } from './removal-counts.js';

export const outcome = z.enum(OUTCOMES);

export const runKind = z.enum(Object.keys(RUN_KINDS) as readonly RunKind[]).meta({
  id: 'RunKind',
  description:
    'A preview writes to nobody; a trial is a preview with settings that are not saved; an approval does what ' +
    'another run held; a revert takes back what another run took away; an application does what a preview has ' +
    'shown, and saves its settings; a person-sync is the sync of one person; an auto-logout signs out who is disabled in the directory, between syncs.',
});

export const runState = z.enum(RUN_STATES).meta({ id: 'RunState' });

export const runPhase = z.enum(RUN_PHASES).meta({
  id: 'RunPhase',
  description:
    'What a run is at, in the order in which a run goes through them; not every kind of run has all. `database`: earlier ' +
    'runs are kept from writing, and what they began is finished; `groups`: who is in which group is read; `sweep`: ' +
    'everybody is read, and what adds or corrects is written; `guard`: whether what takes away may happen is ' +
    'decided; `removals`: it is confirmed and done; `follow-up`: names, rooms, photos and mails follow. Only an ' +
    'auto-logout has `look-up` and `sign-out`.',
});

/** Where a run goes, and what it is at. */
export const whereabouts = {
  host: z
    .string()
    .optional()
    .describe('The name of the host that does the run, or keeps it waiting; absent in older reports'),
  phase: runPhase
    .optional()
    .describe(
      'Of a run that goes: what it is at. Of one that failed, was cancelled or interrupted: what it was at when it was ' +
        'last seen. Else absent',
    ),
};

export const runCounts = z
  .strictObject(
    Object.fromEntries(['read' as const, ...OUTCOMES].map((name) => [name, z.int()])) as Record<
      'read' | Outcome,
      z.ZodInt
    >,
  )
  .meta({
    id: 'RunCounts',
    description:
      'Numbers of people. Each person read is counted under one outcome; `deactivated` also counts those missing ' +
      'from the directory.',
  });

export const waitingFor = z
  .strictObject({
    code: z.literal('former-transaction'),
    since: instant.describe("In the database server's time"),
  })
  .meta({
    id: 'WaitingFor',
    description:
      'Set while a run waits before it may write. `former-transaction`: a host that is gone has left a transaction ' +
      'open, and the database has to end it.',
  });

export const idleRuns = z.strictObject({ runs: z.int(), since: instant }).meta({
  id: 'IdleRuns',
  description:
    'Set on an auto-logout that had nothing to do and nothing to tell: it stands for all of them. Only the newest ' +
    'is kept',
});

export const verdict = z.enum(['approved', 'rejected']);

const decision = z
  .strictObject({
    verdict,
    by: requester,
    at: instant,
    runId: z.string().optional().describe('The run that does what was approved'),
    rows: z.int().optional().describe('How many rows it was about; absent: all that waited'),
    mail: z
      .boolean()
      .optional()
      .describe(
        'Of an approval: whether those who are switched off or on are mailed; absent: only when they are few',
      ),
  })
  .meta({ id: 'Decision', description: 'What somebody decided about a held run' });

/** Reports of earlier versions lack the counts of newer kinds. */
const heldRemovals = removalCounts
  .partial()
  .extend({
    reason: z.string(),
    remedy: z.string(),
    ...translation,
    approvable: z
      .boolean()
      .describe('False when not everybody could be read or told apart: then there is no list'),
  })
  .meta({ id: 'HeldRemovals', description: 'The removals that wait' });

const someRemovals = removalCounts.partial();
const someOutcomes = z.partialRecord(outcome, z.int());

const appliedPlan = z
  .strictObject({
    removals: z
      .strictObject({
        planned: someRemovals.describe('Those of the preview'),
        notWanted: someRemovals.describe('Of those: what is no longer asked for'),
        notDone: someRemovals.describe('Of those: what was wanted and could not be done; its row says why'),
        notPlanned: someRemovals.describe('What is wanted beside, and waits for a decision'),
        passedOver: someRemovals.describe('What the preview has passed over, and so has the application'),
      })
      .describe('In rows'),
    additions: z
      .strictObject({
        notWanted: someOutcomes.describe('Who was to be written, and was not, or was written otherwise'),
        notPlanned: someOutcomes.describe('Who was written and not shown so'),
      })
      .optional()
      .describe('By outcome; absent where it could not be compared'),
  })
  .meta({
    id: 'AppliedPlan',
    description:
      'What has become of the list of a preview; absent where the application ended before. What is 0 is absent.',
  });

const absentMeans = (text: string) => z.int().optional().describe(text);

const answeringServer = directoryServer
  .extend({
    certificate: z
      .strictObject({ subject: z.string(), validTo: instant })
      .optional()
      .describe('Of an encrypted connection: the certificate that ends first, of the chain that was shown'),
  })
  .meta({ id: 'AnsweringServer', description: 'The directory server that answered the run' });

export const run = z
  .strictObject({
    _id: z.string(),
    kind: runKind,
    state: runState,
    of: z.string().optional().describe('The run that this one approves, reverts or applies'),
    asked: askedPerson.optional().describe('Of the sync of one person: who was asked for'),
    unsaved: z
      .array(z.string())
      .optional()
      .describe('Of a trial or an application: the ids of the settings that it has tried'),
    settingsChange: z
      .string()
      .optional()
      .describe(
        'Of an application: the change that has saved them, for `ldap.restoreSettings`; absent: none',
      ),
    plan: appliedPlan.optional(),
    requestedBy: requester,
    startedAt: instant,
    finishedAt: instant.optional(),
    held: heldRemovals.optional(),
    decision: decision.optional().describe('The decision after which nothing of the list waited any more'),
    partlyDecided: z
      .array(decision)
      .optional()
      .describe(
        'Decisions about parts of the list, and approvals that failed and were given again, the oldest first',
      ),
    waitingFor: waitingFor.optional(),
    ...whereabouts,
    server: answeringServer.optional(),
    revertedBy: z.string().optional().describe('The run that reverted this one'),
    counts: runCounts,
    defaultChannels: absentMeans(
      'How many default channels each newcomer of the run joins, or would join; absent: none',
    ),
    joined: absentMeans(
      'How many memberships in default channels the run has made, for newcomers of its own and of runs that were ' +
        'cut off; absent: none',
    ),
    roomsJoined: absentMeans(
      'How many memberships in channels and teams the run has made, or would make, because groups give them; ' +
        'absent: none',
    ),
    mailed: absentMeans(
      'How many people the run has mailed because they were switched off or on; absent: nobody',
    ),
    signedOut: absentMeans('How many people an auto-logout has signed out, who stay on; absent: nobody'),
    idle: idleRuns.optional(),
    attentionCount: z.int().describe('Rows of `attention`'),
    problemCount: z.int().describe('Entries of `problems`'),
  })
  .meta({ id: 'Run', description: 'A report without its lists, which are counted.' });

const attentionRow = z
  .strictObject({
    outcome,
    dn: z.string().optional(),
    userId: z.string().optional(),
    username: z.string().optional(),
    name: z.string().optional(),
    reason: z.string(),
    remedy: z.string(),
    ...translation,
  })
  .meta({ id: 'AttentionRow', description: 'A person that an administrator has to look at' });

export const runWithRows = run
  .extend({
    problems: z.array(runProblem).describe('What concerns the run as a whole: the part that was asked for'),
    attention: z.array(attentionRow).describe('Who needs a human: the part that was asked for'),
  })
  .meta({ id: 'RunWithRows', description: 'A report with a part of each of its lists' });
