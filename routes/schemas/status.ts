import { z } from 'zod';
import { JOB_NAMES } from '../../lib/schedule/schedule-jobs.js';
import { instant, runProblem, translation } from './basics.js';
import { removalCounts } from './removal-counts.js';
import { idleRuns, runCounts, runKind, runState, waitingFor, whereabouts } from './run.js';

const shortRun = z.strictObject({
  _id: z.string(),
  kind: runKind,
  state: runState,
  startedAt: instant,
  finishedAt: instant.nullable(),
  counts: runCounts,
});

const schedule = z.strictObject({
  isStarted: z.boolean().describe('Whether this host looks for what is due'),
  jobs: z
    .array(
      z.strictObject({
        job: z.enum(JOB_NAMES),
        pattern: z.string().describe('Five fields of cron'),
        nextAt: instant.nullable(),
        last: z
          .strictObject({ slot: instant, runId: z.string().nullable() })
          .nullable()
          .describe('The newest slot for which a run was started, over all hosts'),
      }),
    )
    .describe('Without those that are off'),
  problems: z.array(runProblem),
});

const settings = z.strictObject({
  enabled: z.boolean().describe('LDAP_Enable'),
  withoutEffect: z
    .array(z.strictObject({ setting: z.string(), why: z.string() }))
    .max(100)
    .describe('The stored settings whose value does not matter here; never the value'),
  problems: z.array(runProblem).describe('What keeps a run from starting; if nothing does, warnings'),
});

const directory = z.strictObject({
  certificate: z
    .strictObject({
      subject: z.string().describe('The name of its holder'),
      validTo: instant,
      daysLeft: z.int().describe('Negative once it has ended'),
      host: z.string().describe('The server that has shown it'),
      runId: z.string().describe('The run that has seen it'),
    })
    .nullable()
    .describe('The one that ends first, of the chain that the last run was shown; null without encryption'),
  problems: z
    .array(runProblem.extend(translation))
    .describe('A certificate that ends within 14 days, or has ended'),
});

const lackingAccount = z.strictObject({
  userId: z.string(),
  username: z.string().nullable(),
  reason: z.string().describe('What the account lacks'),
  remedy: z.string(),
});

const autoLogout = z.strictObject({
  enabled: z.boolean().describe('Whether `LDAP_Enable` and `LDAP_Sync_AutoLogout_Enabled` are on'),
  gone: z
    .boolean()
    .describe(
      'Whether people who are gone from the directory are signed out, too (`LDAP_Sync_AutoLogout_Gone`)',
    ),
  lastRun: shortRun.extend({ signedOut: z.int(), idle: idleRuns.optional() }).nullable(),
});

const running = z.strictObject({
  runId: z.string(),
  kind: runKind,
  counts: runCounts,
  waitingFor: waitingFor.optional(),
  ...whereabouts,
});

const success = z.strictObject({ runId: z.string(), finishedAt: instant, ageSeconds: z.int().min(0) });

export const statusAnswer = z.strictObject({
  lastRun: shortRun.nullable().describe('The newest run, but for auto-logouts; without its rows'),
  nextRunAt: instant
    .nullable()
    .describe(
      'When the next run starts: as the host says, else as the schedule says where it was started; else null',
    ),
  schedule: schedule.describe('What the schedule of the settings starts when'),
  running: running.nullable().describe('The run that is going, on whichever host, with its counts so far'),
  queued: z
    .strictObject({ runId: z.string(), queuedAt: instant })
    .nullable()
    .describe('The sync that waits until the run that is going has ended'),
  held: removalCounts
    .extend({ runId: z.string(), reason: z.string() })
    .nullable()
    .describe(
      'The newest sync that is held and about which nobody has decided; null once a later sync was completed',
    ),
  lastSuccess: success.nullable().describe('The newest sync that was completed'),
  lease: z
    .strictObject({ runId: z.string(), expiresAt: instant, fence: z.int() })
    .nullable()
    .describe(
      "Who may write, in the database server's time. An `expiresAt` that is past means that the host of that run " +
        'is gone',
    ),
  autoLogout: autoLogout.describe('Who is signed out between syncs'),
  settings,
  directory: directory.describe('What runs have seen of the directory; it is not asked for this'),
  database: z
    .strictObject({ problems: z.array(runProblem) })
    .describe('What keeps a sync from writing to this database: a server without transactions, for example'),
  accounts: z
    .array(lackingAccount)
    .max(50)
    .describe(
      'Active users whose roles hold `sync-auth-services-users` and who cannot give any second factor now',
    ),
});
