import type { JobName } from '../../models/schedule-slot.js';
import type { Requester, RunProblem } from '../../models/run-report.js';
import { syncsAbac } from '../settings/abac/uses-abac.js';
import { SETTINGS } from '../settings/definitions.js';
import type { Settings } from '../settings/settings.js';
import { wrongTypesOf } from '../settings/wrong-types.js';
import { isTimeZone, parsePattern, type SchedulePattern } from './schedule-pattern.js';

type IntervalId =
  | 'LDAP_Background_Sync_Interval'
  | 'LDAP_Background_Sync_Avatars_Interval'
  | 'LDAP_Background_Sync_ABAC_Attributes_Interval'
  | 'LDAP_Sync_AutoLogout_Interval';

interface JobDefinition {
  readonly interval: IntervalId;
  isOn(settings: Settings): boolean;
  /** Slots that are closer than this to the last one that was served are passed over. */
  readonly floorMs: number;
}

/** Who the runs of the schedule are recorded for. */
export const SCHEDULER: Requester = { _id: 'system', username: 'schedule' };

const MINUTE_MS = 60_000;

/** What the schedule starts. A job is there only while LDAP and its own switch are on. */
export const JOBS: Readonly<Record<JobName, JobDefinition>> = {
  LDAP_Sync: {
    interval: 'LDAP_Background_Sync_Interval',
    isOn: ({ get }) => get('LDAP_Background_Sync'),
    floorMs: 5 * MINUTE_MS,
  },
  LDAP_AvatarSync: {
    interval: 'LDAP_Background_Sync_Avatars_Interval',
    // With the people, their photos come, too.
    isOn: ({ get }) =>
      !get('LDAP_Background_Sync') && get('LDAP_Background_Sync_Avatars') && get('LDAP_Sync_User_Avatar'),
    floorMs: 5 * MINUTE_MS,
  },
  LDAP_AbacSync: {
    interval: 'LDAP_Background_Sync_ABAC_Attributes_Interval',
    // With the people, their attributes come, too.
    isOn: (settings) => !settings.get('LDAP_Background_Sync') && syncsAbac(settings),
    floorMs: 5 * MINUTE_MS,
  },
  LDAP_AutoLogout: {
    interval: 'LDAP_Sync_AutoLogout_Interval',
    isOn: ({ get }) => get('LDAP_Sync_AutoLogout_Enabled'),
    floorMs: MINUTE_MS,
  },
};

export const JOB_NAMES = Object.keys(JOBS) as readonly JobName[];

export interface Schedule {
  /** When each job is due; without those that are off. */
  readonly jobs: ReadonlyMap<JobName, SchedulePattern>;
  readonly problems: readonly RunProblem[];
}

/** What is no good is told, and the default takes its place: a schedule that stands still helps nobody. */
export function parseSchedule(settings: Settings): Schedule {
  const problems: RunProblem[] = wrongTypesOf(settings, ['schedule']).map(({ setting, message, remedy }) => ({
    setting,
    message: `${message} Its default is used.`,
    remedy,
  }));
  const jobs = new Map<JobName, SchedulePattern>();
  const zone = parseZone(settings, problems);
  for (const job of JOB_NAMES) {
    if (!settings.get('LDAP_Enable') || !JOBS[job].isOn(settings)) continue;
    const pattern = readPattern(JOBS[job].interval, { settings, zone, problems });
    if (pattern) jobs.set(job, pattern);
  }
  return { jobs, problems };
}

/** The same on all hosts, whatever their own zones: they claim the same slots. */
const UTC = 'UTC';

function parseZone({ get }: Settings, problems: RunProblem[]): string {
  const zone = get('LDAP_Sync_Time_Zone').trim();
  if (zone === '') return UTC;
  if (isTimeZone(zone)) return zone;
  problems.push({
    setting: 'LDAP_Sync_Time_Zone',
    message: `LDAP_Sync_Time_Zone is ${JSON.stringify(zone.slice(0, 60))}, which is no time zone; UTC counts.`,
    remedy: 'Name a zone of the IANA list in LDAP_Sync_Time_Zone, such as Europe/Vienna, or empty it.',
  });
  return UTC;
}

function readPattern(
  setting: IntervalId,
  {
    settings,
    zone,
    problems,
  }: { readonly settings: Settings; readonly zone: string; readonly problems: RunProblem[] },
): SchedulePattern | undefined {
  const pattern = parsePattern(settings.get(setting), zone);
  if (!('fault' in pattern)) return pattern;
  const usual = SETTINGS[setting].default;
  problems.push({
    setting,
    message: `${setting} ${pattern.fault}; ${usual} counts.`,
    remedy: `Set ${setting} to every_1_hour, every_6_hours, every_12_hours, every_24_hours, every_48_hours, or to five fields of cron such as 30 2 * * *.`,
  });
  const instead = parsePattern(usual, zone);
  return 'fault' in instead ? undefined : instead;
}
