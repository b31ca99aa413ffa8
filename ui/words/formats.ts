export interface Formats {
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
  /** A day and a time with the zone. */
  readonly time: (iso: string) => string;
  /** The time alone when it is today. */
  readonly shortTime: (iso: string) => string;
  /** `3 minutes ago`, `in 2 hours`. */
  readonly age: (iso: string, now?: number) => string;
  readonly duration: (ms: number) => string;
}

const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** How numbers and times are written, in the reader's zone. */
export function createFormats(language: string): Formats {
  const integers = new Intl.NumberFormat(language);
  const shares = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const long = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  const short = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

  const time = (iso: string): string => (isTime(iso) ? long.format(new Date(iso)) : iso);
  return {
    number: (value) => integers.format(value),
    percent: (share) => shares.format(share),
    time,
    shortTime: (iso) => (isTime(iso) && isToday(new Date(iso)) ? short.format(new Date(iso)) : time(iso)),
    age(iso, now = Date.now()) {
      if (!isTime(iso)) return iso;
      const ms = Date.parse(iso) - now;
      const [unit, size] = UNITS.find(([, one]) => Math.abs(ms) >= one) ?? (['second', 1_000] as const);
      return relative.format(Math.trunc(ms / size), unit);
    },
    duration(ms) {
      const seconds = Math.max(0, ms) / 1_000;
      const unit = (value: number, name: string, digits = 0): string =>
        new Intl.NumberFormat(language, {
          style: 'unit',
          unit: name,
          unitDisplay: 'narrow',
          maximumFractionDigits: digits,
        }).format(value);
      if (seconds < 60) return unit(seconds, 'second', seconds < 10 ? 1 : 0);
      const minutes = Math.floor(seconds / 60);
      if (minutes < 60) return `${unit(minutes, 'minute')} ${unit(Math.floor(seconds % 60), 'second')}`;
      return `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`;
    },
  };
}

function isTime(iso: string): boolean {
  return Number.isFinite(Date.parse(iso));
}

function isToday(date: Date): boolean {
  return date.toDateString() === new Date().toDateString();
}
