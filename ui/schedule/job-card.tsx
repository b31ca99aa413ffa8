import { useId } from 'preact/hooks';
import type { ScheduledJob } from '../api/further-answers.js';
import type { SettingRow } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { toValueNow } from '../settings/sections.js';
import { SettingRowView } from '../settings/setting-row-view.js';
import { useSettingWords } from '../settings/use-setting-words.js';
import { Icon } from '../shown/icon.js';
import { toCronWords } from './cron-words.js';
import type { Job } from './jobs.js';
import { findNextTimes, PRESETS, toPattern } from './next-times.js';
import { NextTimes } from './next-times-view.js';

interface Props {
  readonly job: Job;
  readonly rows: readonly SettingRow[];
  readonly zone: string;
  /** As the server has it; absent: it is off there. */
  readonly scheduled: ScheduledJob | undefined;
}

/** One thing that is started by itself: whether, how often in words, when next, and when last. */
export function JobCard({ job, rows, zone, scheduled }: Props) {
  const words = useSettingWords();
  const { s } = words;
  const { values } = useDraft();
  const id = useId();
  const interval = rows.find(({ setting }) => setting === job.interval);
  const pattern = toValueNow(job.interval, rows, values);
  const text = typeof pattern === 'string' ? pattern : '';
  const isOn = toValueNow(job.switches[0] ?? '', rows, values) === true;
  const isCovered = job.coveredBy !== undefined && toValueNow(job.coveredBy, rows, values) === true;
  const isGoing = isOn && !isCovered;
  const next = findNextTimes(text, zone);
  return (
    <section class={`card job${isGoing ? '' : ' idle'}`} aria-labelledby={id}>
      <header class="list-head">
        <h2 id={id}>{s(`job.${job.name}`)}</h2>
        <JobState isOn={isOn} isCovered={isCovered} isClear={next !== undefined} />
      </header>
      <p class="in-words">{next ? (toCronWords(text, words) ?? toPattern(text)) : s('job.unclear')}</p>
      {interval && <Presets text={text} row={interval} />}
      {isGoing && next && <NextTimes times={next} zone={zone} />}
      {scheduled?.last && <Last last={scheduled.last} />}
      <ul class="setting-list">
        {job.switches.map((setting) => {
          const row = rows.find((one) => one.setting === setting);
          return row && <SettingRowView key={setting} row={row} />;
        })}
        {interval && <SettingRowView row={interval} />}
      </ul>
    </section>
  );
}

interface StateProps {
  readonly isOn: boolean;
  /** Another job does it, too. */
  readonly isCovered: boolean;
  readonly isClear: boolean;
}

function JobState({ isOn, isCovered, isClear }: StateProps) {
  const { s } = useSettingWords();
  const isGoing = isOn && !isCovered;
  return (
    <span class="state">
      <Icon tone={!isGoing ? 'off' : isClear ? 'good' : 'bad'} />
      {s(isGoing ? 'job.on' : isOn ? 'job.covered' : 'job.off')}
    </span>
  );
}

function Last({ last: { slot, runId } }: { readonly last: NonNullable<ScheduledJob['last']> }) {
  const { s, time } = useSettingWords();
  return (
    <p class="small muted">
      {s('job.last')} {runId === null ? time(slot) : <a href={`#/runs/${runId}`}>{time(slot)}</a>}
    </p>
  );
}

function Presets({ text, row }: { readonly text: string; readonly row: SettingRow }) {
  const { s, named } = useSettingWords();
  const draft = useDraft();
  const choose = (preset: string): void => draft.set(row.setting, preset === row.value ? undefined : preset);
  return (
    <div class="presets" role="group" aria-label={s('job.presets')}>
      {Object.keys(PRESETS).map((preset) => (
        <button
          key={preset}
          type="button"
          class="chip"
          aria-pressed={toPattern(text) === toPattern(preset)}
          disabled={row.source === 'environment'}
          onClick={() => choose(preset)}
        >
          {named('preset', preset)}
        </button>
      ))}
    </div>
  );
}
