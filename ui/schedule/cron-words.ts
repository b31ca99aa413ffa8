import type { SettingWords } from '../settings/use-setting-words.js';
import { toPattern } from './next-times.js';

const WEEK = 7;

/**
 * A pattern of cron in words, where it is one of those that people write; `undefined`: any other, of which the
 * next times tell more than a long sentence.
 */
export function toCronWords(text: string, { s, language }: SettingWords): string | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...rest] = toPattern(text).split(/\s+/);
  if (rest.length > 0 || month !== '*') return undefined;
  const everyMinutes = /^\*\/(\d{1,2})$/.exec(minute)?.[1] ?? (minute === '*' ? '1' : undefined);
  const isDaily = day === '*' && weekday === '*';
  if (everyMinutes !== undefined)
    return hour === '*' && isDaily ? s('cron.minutes', { count: Number(everyMinutes) }) : undefined;
  if (!/^\d{1,2}$/.test(minute)) return undefined;
  const past = minute.padStart(2, '0');
  if (hour === '*') return isDaily ? s('cron.hourly', { minute: past }) : undefined;
  const everyHours = /^\*\/(\d{1,2})$/.exec(hour)?.[1];
  if (everyHours !== undefined)
    return isDaily ? s('cron.hours', { count: Number(everyHours), minute: past }) : undefined;
  if (!/^\d{1,2}(,\d{1,2})*$/.test(hour)) return undefined;
  const time = new Intl.ListFormat(language).format(
    hour.split(',').map((one) => `${one.padStart(2, '0')}:${past}`),
  );
  if (isDaily) return s('cron.daily', { time });
  const everyDays = /^\*\/(\d{1,2})$/.exec(day)?.[1];
  if (everyDays !== undefined && weekday === '*') return s('cron.days', { count: Number(everyDays), time });
  if (day === '*') return toWeekly(weekday, time, { s, language });
  return /^\d{1,2}$/.test(day) && weekday === '*' ? s('cron.monthly', { day, time }) : undefined;
}

function toWeekly(
  weekday: string,
  time: string,
  { s, language }: Pick<SettingWords, 's' | 'language'>,
): string | undefined {
  const span = /^([0-7])-([0-7])$/.exec(weekday);
  const name = (day: string): string =>
    // The first of January 2023 was a Sunday.
    new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
      Date.UTC(2023, 0, 1 + (Number(day) % WEEK)),
    );
  if (span) return s('cron.span', { from: name(span[1] ?? '0'), to: name(span[2] ?? '0'), time });
  if (!/^[0-7](,[0-7])*$/.test(weekday)) return undefined;
  return s('cron.weekly', { days: new Intl.ListFormat(language).format(weekday.split(',').map(name)), time });
}
