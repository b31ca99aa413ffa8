import type { SettingWords } from '../settings/use-setting-words.js';
import { toPattern } from './next-times.js';

const WEEK = 7;

type Words = Pick<SettingWords, 's' | 'language'>;

interface Shape {
  readonly pattern: RegExp;
  readonly tell: (found: readonly string[], words: Words) => string;
}

/** Patterns that people write; what is found comes in the order of the fields. */
const SHAPES: readonly Shape[] = [
  { pattern: /^\* \* \* \* \*$/, tell: (_, { s }) => s('cron.minutes', { count: 1 }) },
  {
    pattern: /^\*\/(\d{1,2}) \* \* \* \*$/,
    tell: ([minutes], { s }) => s('cron.minutes', { count: Number(minutes) }),
  },
  {
    pattern: /^(\d{1,2}) \* \* \* \*$/,
    tell: ([minute = ''], { s }) => s('cron.hourly', { minute: toTwo(minute) }),
  },
  {
    pattern: /^(\d{1,2}) \*\/(\d{1,2}) \* \* \*$/,
    tell: ([minute = '', hours], { s }) => s('cron.hours', { count: Number(hours), minute: toTwo(minute) }),
  },
  {
    pattern: /^(\d{1,2}) (\d{1,2}(?:,\d{1,2})*) \* \* \*$/,
    tell: (found, words) => words.s('cron.daily', { time: toTimes(found, words) }),
  },
  {
    pattern: /^(\d{1,2}) (\d{1,2}(?:,\d{1,2})*) \*\/(\d{1,2}) \* \*$/,
    tell: (found, words) => words.s('cron.days', { count: Number(found[2]), time: toTimes(found, words) }),
  },
  {
    pattern: /^(\d{1,2}) (\d{1,2}(?:,\d{1,2})*) (\d{1,2}) \* \*$/,
    tell: (found, words) => words.s('cron.monthly', { day: found[2] ?? '', time: toTimes(found, words) }),
  },
  {
    pattern: /^(\d{1,2}) (\d{1,2}(?:,\d{1,2})*) \* \* ([0-7])-([0-7])$/,
    tell(found, words) {
      const [from, to] = [found[2], found[3]].map((day) => toDay(day ?? '0', words));
      return words.s('cron.span', { from: from ?? '', to: to ?? '', time: toTimes(found, words) });
    },
  },
  {
    pattern: /^(\d{1,2}) (\d{1,2}(?:,\d{1,2})*) \* \* ([0-7](?:,[0-7])*)$/,
    tell(found, words) {
      const days = (found[2] ?? '').split(',').map((day) => toDay(day, words));
      return words.s('cron.weekly', { days: toList(days, words), time: toTimes(found, words) });
    },
  },
];

/** A pattern in words; `undefined`: one of which the next times tell more than a long sentence. */
export function toCronWords(text: string, words: Words): string | undefined {
  const pattern = toPattern(text).replace(/\s+/g, ' ');
  for (const shape of SHAPES) {
    const found = shape.pattern.exec(pattern);
    if (found) return shape.tell(found.slice(1), words);
  }
  return undefined;
}

function toTimes([minute = '', hours = '']: readonly string[], words: Words): string {
  return toList(
    hours.split(',').map((hour) => `${toTwo(hour)}:${toTwo(minute)}`),
    words,
  );
}

function toList(items: readonly string[], { language }: Words): string {
  return new Intl.ListFormat(language).format(items);
}

function toTwo(digits: string): string {
  return digits.padStart(2, '0');
}

/** The first of January 2023 was a Sunday. */
function toDay(day: string, { language }: Words): string {
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  return format.format(Date.UTC(2023, 0, 1 + (Number(day) % WEEK)));
}
