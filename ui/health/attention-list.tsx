import type { ComponentChildren } from 'preact';
import type { Problem, RunReport, Told } from '../api/answers.js';
import type { Status } from '../api/further-answers.js';
import { AdviceText } from '../shown/advice-text.js';
import { Icon, type Tone } from '../shown/icon.js';
import { Blank } from '../shown/notice.js';
import { PersonName } from '../shown/person-name.js';
import { toOutcomeTone } from '../shown/run-state.js';
import { Text } from '../shown/text.js';
import type { WordKey } from '../words/en.js';
import { useWords } from '../words/words.js';

interface Props {
  readonly status: Status;
  readonly report: RunReport | undefined;
  /** Most of them. */
  readonly shown: number;
}

interface Thing {
  readonly key: string;
  readonly tone: Tone;
  readonly about: ComponentChildren;
  readonly told: Told;
}

/** What needs a human, the whole before the single person, each with what to do. */
export function AttentionList({ status, report, shown }: Props) {
  const { t } = useWords();
  const things = useThings(status, report);
  const unread = report ? report.attentionCount - report.attention.length : 0;
  const count = things.length + unread;
  const more = count - Math.min(things.length, shown);
  const nothing = status.held ? 'health.nothingElse' : 'health.nothing';
  if (count === 0)
    return (
      <>
        <h2 id="attention" class="unseen">
          {t(report ? nothing : 'health.nothing.unknown')}
        </h2>
        {report && (
          <Blank tone="good" title={t(nothing)}>
            <p>{t(`${nothing}.text`)}</p>
          </Blank>
        )}
      </>
    );
  return (
    <>
      <h2 id="attention">{t('health.attention', { count })}</h2>
      <ul class="attention">
        {things.slice(0, shown).map(({ key, tone, about, told }) => (
          <li key={key}>
            <Icon tone={tone} />
            <div>
              {about}
              <AdviceText told={told} />
            </div>
          </li>
        ))}
      </ul>
      {more > 0 && report && (
        <p>
          <a href={`#/runs/${report._id}`}>{t('health.attention.more', { count: more })}</a>
        </p>
      )}
    </>
  );
}

function useThings(
  { settings, directory, database, schedule, accounts }: Status,
  report: RunReport | undefined,
) {
  const { t, name } = useWords();
  const whole = (from: readonly (Problem & Pick<Told, 'code' | 'params'>)[], word: WordKey) =>
    from.map(({ message, remedy, setting, ...codes }, index): Thing => ({
      key: `${word} ${index}`,
      tone: 'warn',
      about: (
        <p class="about">
          {t(word)}
          {setting !== undefined && <code>{setting}</code>}
        </p>
      ),
      told: { reason: message, remedy, ...codes },
    }));
  // A list that waits is told by the headline.
  const problems = report?.state === 'held' ? [] : (report?.problems ?? []);
  return [
    ...whole(database.problems, 'health.about.database'),
    ...whole(directory.problems, 'health.about.directory'),
    ...whole(settings.problems, 'health.about.settings'),
    ...whole(schedule.problems, 'health.about.schedule'),
    ...whole(problems, 'health.about.run'),
    ...accounts.map(({ userId, username, reason, remedy }): Thing => ({
      key: `account ${userId}`,
      tone: 'warn',
      about: (
        <p class="about">
          {t('health.about.account')} <Text value={username ?? userId} />
        </p>
      ),
      told: { reason, remedy },
    })),
    ...(report?.attention ?? []).map((row, index): Thing => ({
      key: `row ${index}`,
      tone: toOutcomeTone(row.outcome),
      about: (
        <p class="about">
          <PersonName {...row} />
          <span class="tag">{name('outcome', row.outcome)}</span>
        </p>
      ),
      told: row,
    })),
  ];
}
