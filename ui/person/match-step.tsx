import type { Explanation } from '../api/further-answers.js';
import type { Tone } from '../shown/icon.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';

const TONES: Readonly<Partial<Record<string, Tone>>> = {
  'immutable-id': 'good',
  'merge-by-email': 'good',
  new: 'good',
  'needs-decision': 'waiting',
  conflict: 'bad',
  'not-synced': 'off',
};

export function toMatchTone({ rule }: Explanation['match']): Tone {
  return TONES[rule] ?? 'warn';
}

/** By what an entry and an account belong together. */
export function MatchStep({
  match: { rule, explanation, remedy },
}: {
  readonly match: Explanation['match'];
}) {
  const { name } = useWords();
  return (
    <>
      <p>{name('person.rule', rule)}</p>
      <p class="muted">
        <Text value={explanation} lang="en" />
      </p>
      {remedy !== undefined && (
        <p class="remedy">
          <Text value={remedy} lang="en" />
        </p>
      )}
    </>
  );
}
