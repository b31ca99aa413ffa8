import type { Run } from '../api/answers.js';
import type { Status } from '../api/further-answers.js';
import { Icon } from '../shown/icon.js';
import { useWords } from '../words/words.js';

/** What leads to the first sync, in this order. */
const STEPS = ['settings', 'preview', 'sync'] as const;
export type FirstStep = (typeof STEPS)[number];

const WORDS = { settings: 'health.first.1', preview: 'health.first.2', sync: 'health.first.3' } as const;

interface Known {
  readonly status: Status;
  /** The newest first. */
  readonly runs: readonly Run[];
}

/** The step to take now. A preview shows more than the settings can say of themselves, so it comes before the sync. */
export function toNextStep({ status, runs }: Known): FirstStep {
  if (!status.settings.enabled) return 'settings';
  return findPreview(runs) ? 'sync' : 'preview';
}

function findPreview(runs: readonly Run[]): Run | undefined {
  return runs.find(({ kind, state }) => kind === 'preview' && (state === 'completed' || state === 'held'));
}

/** What to do before there is anything to see; what is done is ticked. */
export function FirstSteps({ status, runs }: Known) {
  const { t } = useWords();
  const next = STEPS.indexOf(toNextStep({ status, runs }));
  const preview = findPreview(runs);
  const places = { settings: '#/settings', preview: preview && `#/runs/${preview._id}`, sync: undefined };
  return (
    <ol class="first-steps">
      {STEPS.map((step, index) => (
        <li key={step} aria-current={index === next ? 'step' : undefined}>
          <h2>
            {places[step] === undefined ? t(WORDS[step]) : <a href={places[step]}>{t(WORDS[step])}</a>}
            {index < next && (
              <>
                {' '}
                <Icon tone="good" />
                <span class="unseen">{t('health.first.done')}</span>
              </>
            )}
          </h2>
          <p>{t(`${WORDS[step]}.text`)}</p>
        </li>
      ))}
    </ol>
  );
}
