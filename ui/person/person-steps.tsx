import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Explanation } from '../api/further-answers.js';
import { useAnnounce } from '../shell/announcer.js';
import { AdviceText } from '../shown/advice-text.js';
import { Icon, type Tone } from '../shown/icon.js';
import { Text } from '../shown/text.js';
import type { WordKey } from '../words/en.js';
import { useWords } from '../words/words.js';
import { ExplainedFields } from './explained-fields.js';
import { FoundStep } from './found-step.js';
import { PastRuns } from './past-runs.js';
import { PlannedChanges } from './planned-changes.js';

/** The way of one person, from the directory to the chat. */
export function PersonSteps({ explanation }: { readonly explanation: Explanation }) {
  const { t, name } = useWords();
  const announce = useAnnounce();
  const { entry, user, whereabouts, group, match, rejection, changes, rooms } = explanation;
  const called = user?.name ?? user?.username ?? entry?.dn ?? '';
  useEffect(() => announce(called), [called]);
  const isIn = whereabouts === 'present';

  return (
    <>
      <h2 class="subject">
        <Text value={called} />
      </h2>
      <ol class="steps">
        <Step title="person.step.found" tone={entry && user ? 'good' : entry ? 'going' : 'warn'}>
          <FoundStep explanation={explanation} />
        </Step>
        <Step title="person.step.scope" tone={isIn ? 'good' : 'bad'}>
          <p>{t(`person.where.${whereabouts ?? 'null'}`)}</p>
          {group && (
            <p>
              <Text
                value={t('person.group', {
                  name: group.name,
                  membership: t(`person.group.${group.membership}`),
                })}
              />
            </p>
          )}
          {rejection && <AdviceText told={rejection} />}
        </Step>
        <Step title="person.step.match" tone={MATCH_TONES[match.rule] ?? 'warn'}>
          <p>{name('person.rule', match.rule)}</p>
          <p class="muted">
            <Text value={match.explanation} lang="en" />
          </p>
          {match.remedy !== undefined && (
            <p class="remedy">
              <Text value={match.remedy} lang="en" />
            </p>
          )}
        </Step>
        <Step title="person.step.fields" tone={explanation.fields.length > 0 ? 'good' : 'off'}>
          <ExplainedFields fields={explanation.fields} />
        </Step>
        <Step title="person.step.change" tone={toChangeTone(explanation)}>
          <PlannedChanges changes={changes} rooms={rooms} guard={explanation.guard} />
        </Step>
        <Step title="person.step.history" tone={explanation.runs.length > 0 ? 'good' : 'off'}>
          <PastRuns runs={explanation.runs} />
        </Step>
      </ol>
    </>
  );
}

const MATCH_TONES: Readonly<Record<string, Tone>> = {
  'immutable-id': 'good',
  'merge-by-email': 'good',
  new: 'good',
  'needs-decision': 'waiting',
  conflict: 'bad',
  'not-synced': 'off',
};

function toChangeTone({ changes }: Explanation): Tone {
  if (changes.length === 0) return 'good';
  return changes.some(({ state }) => state === 'waiting') ? 'waiting' : 'going';
}

interface StepProps {
  readonly title: WordKey;
  readonly tone: Tone;
  readonly children: ComponentChildren;
}

const TONE_WORDS: Readonly<Record<Tone, WordKey>> = {
  good: 'step.good',
  going: 'step.good',
  waiting: 'step.warn',
  warn: 'step.warn',
  bad: 'step.bad',
  off: 'step.off',
};

function Step({ title, tone, children }: StepProps) {
  const { t } = useWords();
  return (
    <li>
      <Icon tone={tone} isLarge />
      <section>
        <h3>
          {t(title)}
          <span class="unseen">: {t(TONE_WORDS[tone])}</span>
        </h3>
        {children}
      </section>
    </li>
  );
}
