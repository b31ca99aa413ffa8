import type { RunReport } from '../api/answers.js';
import { AdviceText } from '../shown/advice-text.js';
import { Text } from '../shown/text.js';
import { useSettingWords } from './use-setting-words.js';

/** What a run met as a whole, and why it was held. */
export function RunProblems({ run: { problems, held, state } }: { readonly run: RunReport }) {
  const { t } = useSettingWords();
  const isBad = state === 'failed' || state === 'interrupted';
  if (problems.length === 0 && !held) return null;
  return (
    <div class={`problems ${isBad ? 'bad' : 'warn'}`}>
      {held && <AdviceText told={held} />}
      <ul aria-label={t('run.problems')}>
        {problems
          .filter(({ message }) => message !== held?.reason)
          .map(({ message, remedy, setting }, index) => (
            <li key={index}>
              <p>
                <Text value={message} lang="en" /> {setting !== undefined && <code>{setting}</code>}
              </p>
              <p class="remedy">
                <Text value={remedy} lang="en" />
              </p>
            </li>
          ))}
      </ul>
    </div>
  );
}
