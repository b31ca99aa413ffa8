import { useWords } from '../words/words.js';

const STEPS = ['health.first.1', 'health.first.2', 'health.first.3'] as const;

/** What to do before there is anything to see. */
export function FirstSteps() {
  const { t } = useWords();
  return (
    <ol class="first-steps">
      {STEPS.map((step) => (
        <li key={step}>
          <h2>{t(step)}</h2>
          <p>{t(`${step}.text`)}</p>
        </li>
      ))}
    </ol>
  );
}
