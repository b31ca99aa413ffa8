import type { Told } from '../api/answers.js';
import { useWords } from '../words/words.js';
import { Text } from './text.js';
import { withoutCalls } from './without-calls.js';

/** What is wrong, and what to do: in the reader's language where the server's code is known. */
export function AdviceText({ told }: { readonly told: Told }) {
  const { reason, remedy, lang } = useWords().told(told);
  return (
    <div class="advice">
      <p>
        <Text value={reason} lang={lang} />
      </p>
      <p class="remedy">
        <Text value={withoutCalls(remedy)} lang={lang} />
      </p>
    </div>
  );
}
