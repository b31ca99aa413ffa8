import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { AskedPerson } from '../api/server.js';
import type { Explanation } from '../api/further-answers.js';
import { useAnnounce } from '../shell/announcer.js';
import { Icon, type Tone } from '../shown/icon.js';
import { Text } from '../shown/text.js';
import type { WordKey } from '../words/en.js';
import { useWords } from '../words/words.js';
import { ExplainedFields } from './explained-fields.js';
import { FoundStep } from './found-step.js';
import { PastRuns } from './past-runs.js';
import { MatchStep, toMatchTone } from './match-step.js';
import { PlannedChanges } from './planned-changes.js';
import { ScopeStep } from './scope-step.js';
import { SyncPerson } from './sync-person.js';

interface Props {
  readonly explanation: Explanation;
  readonly asked: AskedPerson;
  readonly reload: () => void;
}

/** The way of one person, from the directory to the chat. */
export function PersonSteps({ explanation, asked, reload }: Props) {
  const announce = useAnnounce();
  const { entry, user, match, changes, rooms } = explanation;
  const called = user?.name ?? user?.username ?? entry?.dn ?? '';
  useEffect(() => announce(called), [called]);

  return (
    <>
      <h2 class="subject">
        <Text value={called} />
      </h2>
      <ol class="steps">
        <Step title="person.step.found" tone={toFoundTone(explanation)}>
          <FoundStep explanation={explanation} />
        </Step>
        <Step title="person.step.scope" tone={explanation.whereabouts === 'present' ? 'good' : 'bad'}>
          <ScopeStep explanation={explanation} />
        </Step>
        <Step title="person.step.match" tone={toMatchTone(match)}>
          <MatchStep match={match} />
        </Step>
        <Step title="person.step.fields" tone={explanation.fields.length > 0 ? 'good' : 'off'}>
          <ExplainedFields fields={explanation.fields} />
        </Step>
        <Step title="person.step.change" tone={toChangeTone(explanation)}>
          <PlannedChanges
            changes={changes}
            rooms={rooms}
            guard={explanation.guard}
            whereabouts={explanation.whereabouts}
          />
          <SyncPerson
            asked={asked}
            isWaiting={changes.some(({ state }) => state === 'waiting')}
            reload={reload}
          />
        </Step>
        <Step title="person.step.history" tone={explanation.runs.length > 0 ? 'good' : 'off'}>
          <PastRuns runs={explanation.runs} />
        </Step>
      </ol>
    </>
  );
}

function toFoundTone({ entry, user }: Explanation): Tone {
  if (!entry) return 'warn';
  return user ? 'good' : 'going';
}

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
