import type { Change } from '../api/answers.js';
import { useWords } from '../words/words.js';

type Row = Pick<Change, 'kind' | 'outcome' | 'state' | 'decided'>;

/** What a row is about and what became of it; what was not done is said as what would be. */
export function RowResult({ row }: { readonly row: Row }) {
  const { name, has } = useWords();
  const { kind, outcome, state, decided } = row;
  const code = kind === 'write' ? outcome : kind;
  const isDone = state === 'done' || decided?.verdict === 'approved';
  const would = `wouldBe.${code}`;
  const what =
    !isDone && has(would) ? name('wouldBe', code) : name(kind === 'write' ? 'outcome' : 'change', code);
  return (
    <>
      <span class={`tag ${kind === 'write' ? 'adds' : 'takes'}`}>{what}</span>{' '}
      {state !== 'planned' && (
        <span class="muted">{decided ? name('held.decided', decided.verdict) : name('rowState', state)}</span>
      )}
    </>
  );
}
