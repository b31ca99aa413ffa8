import { useSettingWords } from '../settings/use-setting-words.js';

interface Props {
  readonly times: readonly Date[];
  /** Of the schedule. */
  readonly zone: string;
}

/** The next times in the zone of the schedule, and in that of the reader where it is another. */
export function NextTimes({ times, zone }: Props) {
  const { s, language } = useSettingWords();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isSame = times.every((time) => toOffset(time, zone) === toOffset(time, own));
  const write = (timeZone: string) =>
    new Intl.DateTimeFormat(language, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    });
  return (
    <table class="next">
      <caption class="small muted">{s('job.next')}</caption>
      <thead>
        <tr>
          <th scope="col">{zone}</th>
          {!isSame && (
            <th scope="col">
              {s('job.yours')} ({own})
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {times.map((time) => (
          <tr key={time.getTime()}>
            <td>
              <time dateTime={time.toISOString()}>{write(zone).format(time)}</time>
            </td>
            {!isSame && <td>{write(own).format(time)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function toOffset(time: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(time);
}
