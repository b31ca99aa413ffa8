import type { JobName } from '../../models/schedule-slot.js';
import { parseSchedule } from '../../lib/schedule/schedule-jobs.js';
import { createScheduler, type Scheduler, type StartJob } from '../../lib/schedule/scheduler.js';
import { parseSettings } from '../../lib/settings/settings.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 27, 12);

let database: TestDatabase;
let now: number;
let settings: Record<string, unknown>;
let started: string[];
let lines: object[];

beforeEach(async () => {
  database = await openTestDatabase();
  now = NOON;
  started = [];
  lines = [];
  settings = {
    LDAP_Enable: true,
    LDAP_Background_Sync: true,
    LDAP_Background_Sync_Interval: 'every_1_hour',
    LDAP_Sync_Time_Zone: 'UTC',
  };
});
afterEach(() => database.close());

const slots = () => database.connection.collection<{ _id: JobName }>('ldap_sync_schedule');

/** A run that begins at once, by an id of its own. */
const begin =
  (job: JobName): StartJob =>
  async (began) => {
    const runId = `${job} ${started.length} ${new Date(now).toISOString().slice(11, 16)}`;
    await began(runId);
    started.push(runId);
    return runId;
  };

interface HostOptions {
  readonly skewMs?: number;
  readonly start?: StartJob;
  readonly startSync?: StartJob;
  readonly settings?: () => Record<string, unknown>;
}

function createHost({ skewMs = 0, start, startSync, settings: own }: HostOptions = {}): Scheduler {
  return createScheduler({
    connection: database.connection,
    readSettings: () => Promise.resolve(parseSettings(new Map(Object.entries(own?.() ?? settings)))),
    time: () => Promise.resolve(new Date(now + skewMs)),
    jobs: {
      LDAP_Sync: startSync ?? start ?? begin('LDAP_Sync'),
      LDAP_AvatarSync: start ?? begin('LDAP_AvatarSync'),
      LDAP_AbacSync: start ?? begin('LDAP_AbacSync'),
      LDAP_AutoLogout: start ?? begin('LDAP_AutoLogout'),
    },
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (details) => void lines.push(details),
      error: (details) => void lines.push(details),
    },
  });
}

/** Lets time go by, and each host look. */
async function pass(ms: number, ...hosts: readonly Scheduler[]): Promise<void> {
  now += ms;
  await Promise.all(hosts.map((host) => host.look()));
}

it('eight hosts, whose clocks are up to a minute apart, start one run for each of fifty slots', async () => {
  const hosts = Array.from({ length: 8 }, (_, index) => createHost({ skewMs: (index - 4) * 7_500 }));
  await pass(10 * MINUTE, ...hosts);
  for (let slot = 0; slot < 50; slot += 1) {
    await pass(HOUR - MINUTE, ...hosts);
    await pass(MINUTE, ...hosts);
  }
  expect([started.length, lines]).toEqual([50, []]);
});

it('the slot that was over when the schedule was switched on starts nothing', async () => {
  const host = createHost();
  await pass(10 * MINUTE, host, createHost());
  expect(started).toEqual([]);
  await pass(HOUR, host);
  expect(started).toHaveLength(1);
});

it('slots that were missed become one', async () => {
  const host = createHost();
  await pass(0, host);
  await pass(7 * HOUR, host);
  await pass(MINUTE, host);
  expect(started).toHaveLength(1);
});

it('a host that dies after the claim leaves the slot to another, after a minute', async () => {
  const dying = createHost({ start: () => new Promise<string>(() => undefined) });
  const other = createHost();
  await pass(0, other);
  now += HOUR;
  void dying.look();
  for (;;) if ((await slots().findOne({ slot: new Date(now) })) !== null) break;
  await pass(59_999, other);
  expect(started).toEqual([]);
  await pass(1, other);
  expect(started).toHaveLength(1);
  await pass(5 * MINUTE, other);
  expect(started).toHaveLength(1);
});

it('a host that sleeps between claim and run starts nothing for a slot that another has served', async () => {
  let wake: () => void = () => undefined;
  const asleep = new Promise<void>((resolve) => (wake = resolve));
  const sleeping = createHost({
    async start(began) {
      await asleep;
      await began('too late');
      started.push('too late');
      return 'too late';
    },
  });
  const other = createHost();
  await pass(0, other);
  now += HOUR;
  const slept = sleeping.look();
  for (;;) if ((await slots().findOne({ slot: new Date(now) })) !== null) break;
  await pass(MINUTE, other);
  wake();
  await slept;
  expect(started).toHaveLength(1);
  expect(started).not.toContain('too late');
});

it('a run that cannot be started is tried again a minute later', async () => {
  let isDown = true;
  const start: StartJob = (began) =>
    isDown ? Promise.reject(new Error('the database is away')) : begin('LDAP_Sync')(began);
  const host = createHost({ start });
  await pass(0, host);
  await pass(HOUR, host);
  expect([started, lines]).toEqual([[], [{ job: 'LDAP_Sync', error: 'the database is away' }]]);
  isDown = false;
  await pass(30_000, host);
  expect(started).toEqual([]);
  await pass(30_000, host);
  expect(started).toHaveLength(1);
});

it('a run that is going already serves the slot', async () => {
  const host = createHost({ start: () => Promise.resolve('going') });
  await pass(0, host);
  await pass(HOUR, host);
  expect(await slots().findOne({ _id: 'LDAP_Sync' })).toMatchObject({ runId: 'going' });
});

it('a change of the settings counts at the next look', async () => {
  settings.LDAP_Background_Sync_Interval = 'every_24_hours';
  const host = createHost();
  await pass(0, host);
  await pass(2 * HOUR, host);
  expect(started).toEqual([]);
  settings.LDAP_Background_Sync_Interval = '*/30 * * * *';
  await pass(MINUTE, host);
  expect(started).toHaveLength(1);
});

it.each([
  ['LDAP_Enable', true],
  ['LDAP_Background_Sync', true],
])('nothing is started while %s is off, nor at once when it is on again', async (id, on) => {
  const host = createHost();
  await pass(0, host);
  settings[id] = false;
  await pass(3 * HOUR, host);
  settings[id] = on;
  await pass(10 * MINUTE, host);
  expect(started).toEqual([]);
  await pass(HOUR, host);
  expect(started).toHaveLength(1);
});

it('no job is started more often than every five minutes', async () => {
  settings.LDAP_Background_Sync_Interval = '* * * * *';
  const host = createHost();
  await pass(0, host);
  for (let minute = 0; minute < 20; minute += 1) await pass(MINUTE, host);
  expect(started).toHaveLength(4);
});

it('people who are disabled are signed out by a schedule of its own, every minute at most', async () => {
  settings = {
    ...settings,
    LDAP_Sync_AutoLogout_Enabled: true,
    LDAP_Sync_AutoLogout_Interval: '*/2 * * * *',
  };
  const host = createHost();
  await pass(0, host);
  for (let half = 0; half < 12; half += 1) await pass(30_000, host);
  expect(started.map((run) => run.split(' ')[0])).toEqual([
    'LDAP_AutoLogout',
    'LDAP_AutoLogout',
    'LDAP_AutoLogout',
  ]);
});

it('only photos are synced at the times of the photos, while people are not synced', async () => {
  settings = {
    ...settings,
    LDAP_Background_Sync_Avatars: true,
    LDAP_Background_Sync_Avatars_Interval: '0 15 * * *',
  };
  const host = createHost();
  await pass(0, host);
  await pass(4 * HOUR, host);
  expect(started).toEqual([expect.stringContaining('LDAP_Sync')]);
  settings.LDAP_Background_Sync = false;
  await pass(MINUTE, host);
  await pass(24 * HOUR, host);
  expect(started.slice(1)).toEqual([expect.stringContaining('LDAP_AvatarSync')]);
});

it('only ABAC attributes are synced at their times, while people are not synced and the chat server has them', async () => {
  settings = {
    ...settings,
    LDAP_Background_Sync: false,
    LDAP_Background_Sync_ABAC_Attributes: true,
    LDAP_Background_Sync_ABAC_Attributes_Interval: '0 15 * * *',
  };
  const host = createHost();
  await pass(0, host);
  await pass(24 * HOUR, host);
  expect(started).toEqual([]);
  settings.ABAC_Enabled = true;
  await pass(MINUTE, host);
  await pass(24 * HOUR, host);
  expect(started).toEqual([expect.stringContaining('LDAP_AbacSync')]);
  settings.LDAP_Background_Sync = true;
  await pass(MINUTE, host);
  await pass(24 * HOUR, host);
  expect(started.slice(1)).toEqual([expect.stringContaining('LDAP_Sync')]);
});

it('a host on which the job is off by its environment keeps no other host from starting it', async () => {
  const off = createHost({ settings: () => ({ ...settings, LDAP_Background_Sync: false }) });
  const on = createHost();
  await pass(0, on);
  for (let half = 0; half < 121; half += 1) {
    await pass(30_000, off);
    await pass(0, on);
  }
  expect(started).toHaveLength(1);
});

it('a clock of the database that was ahead does not stop the schedule', async () => {
  const host = createHost();
  await pass(0, host);
  await pass(48 * HOUR, host);
  now -= 48 * HOUR;
  await pass(MINUTE, host);
  await pass(HOUR, host);
  expect(started).toHaveLength(3);
});

it('a job that fails keeps no other from being looked at', async () => {
  settings = { ...settings, LDAP_Sync_AutoLogout_Enabled: true };
  const host = createHost({ startSync: () => Promise.reject(new Error('no')) });
  await pass(0, host);
  await pass(HOUR, host);
  expect(started).toEqual([expect.stringContaining('LDAP_AutoLogout')]);
});

it('a run that another host has found going, while its own host was slow, serves the slot', async () => {
  const host = createHost({
    async start(began) {
      // Another host claims the slot in the meantime, and finds the run going.
      await slots().updateOne({ _id: 'LDAP_Sync' }, { $set: { claimedBy: 'other', runId: 'mine' } });
      await began('mine');
      started.push('mine');
      return 'mine';
    },
  });
  await pass(0, host);
  await pass(HOUR, host);
  expect([started, lines]).toEqual([['mine'], []]);
});

it('a pattern that is no good gives way to the default', async () => {
  settings.LDAP_Background_Sync_Interval = 'whenever';
  const host = createHost();
  await pass(0, host);
  await pass(11 * HOUR, host);
  expect(started).toEqual([]);
  await pass(HOUR, host);
  expect(started).toHaveLength(1);
});

it.each([
  [{ LDAP_Background_Sync_Interval: 7 }, 'LDAP_Background_Sync_Interval'],
  [{ LDAP_Background_Sync_Interval: '* * * * * *' }, 'LDAP_Background_Sync_Interval'],
  [{ LDAP_Sync_Time_Zone: 'Middle/Earth' }, 'LDAP_Sync_Time_Zone'],
])('what is no good is told, with the remedy: %j', (stored, setting) => {
  const all = parseSettings(new Map(Object.entries({ ...settings, ...stored })));
  const { jobs, problems } = parseSchedule(all);
  expect(problems).toEqual([
    { setting, message: expect.stringContaining(setting), remedy: expect.stringMatching(/./) },
  ]);
  expect(jobs.get('LDAP_Sync')).toBeDefined();
});

it('a host that was stopped looks no more', async () => {
  const host = createHost();
  host.start();
  host.start();
  expect(host.isStarted).toBe(true);
  await host.stop();
  expect(host.isStarted).toBe(false);
  expect(await slots().countDocuments()).toBe(1);
});
