import { Cron } from 'croner';

/** Rocket.Chat's choices, in the order from often to seldom, and what they are in cron. */
export const PRESETS: Readonly<Record<string, string>> = {
  every_1_hour: '0 * * * *',
  every_6_hours: '0 */6 * * *',
  every_12_hours: '0 */12 * * *',
  every_24_hours: '0 0 * * *',
  every_48_hours: '0 0 */2 * *',
};

const MOST = 200;
const SHOWN = 5;

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The next times of a preset or of five fields of cron; `undefined`: it is neither. As the server reckons them. */
export function findNextTimes(text: string, zone: string, now = new Date()): readonly Date[] | undefined {
  const pattern = toPattern(text);
  if (pattern.length > MOST || !/^\S+(?:\s+\S+){4}$/.test(pattern)) return undefined;
  try {
    const times = new Cron(pattern, { mode: '5-part', paused: true, timezone: zone }).nextRuns(SHOWN, now);
    return times.length === 0 ? undefined : times;
  } catch {
    return undefined;
  }
}

/** Five fields of cron; older versions of Rocket.Chat stored `every 6 hours`. */
export function toPattern(text: string): string {
  const written = text
    .trim()
    .replace(/^every 5 minutes$/i, '*/5 * * * *')
    .replace(/^every 1 hours$/i, 'every_1_hour')
    .replace(/^every (6|12|24|48) hours$/i, 'every_$1_hours');
  return Object.hasOwn(PRESETS, written) ? (PRESETS[written] ?? written) : written;
}
