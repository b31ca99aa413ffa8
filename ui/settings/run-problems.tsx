import type { RunReport } from '../api/answers.js';
import { AdviceText } from '../shown/advice-text.js';
import { Text } from '../shown/text.js';
import { useSettingWords } from './use-setting-words.js';

/** What a run met as a whole. That the guard would hold it is said elsewhere, since it is what is decided here. */
export function RunProblems({ run: { problems, held, state } }: { readonly run: RunReport }) {
  const { t } = useSettingWords();
  const isBad = state === 'failed' || state === 'interrupted';
  const shown = problems.filter(({ message }) => held?.approvable !== true || !message.includes(held.reason));
  const isUntold =
    held?.approvable === false && !problems.some(({ message }) => message.includes(held.reason));
  if (shown.length === 0 && !isUntold) return null;
  return (
    <div class={`problems ${isBad ? 'bad' : 'warn'}`}>
      {isUntold && <AdviceText told={held} />}
      <ul aria-label={t('run.problems')}>
        {shown.map(({ message, remedy, setting }, index) => (
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
