import { useState } from 'preact/hooks';
import { useAction } from '../data/use-action.js';
import { readChanges } from '../data/use-changes.js';
import { useSession } from '../session/session-context.js';
import { Refusal } from '../shown/refusal.js';
import { useWords } from '../words/words.js';
import { toCsv } from './to-csv.js';

/** A browser holds no more in memory with ease. */
const MOST_ROWS = 50_000;

export function SaveCsv({ runId }: { readonly runId: string }) {
  const { t } = useWords();
  const { server } = useSession();
  const { isGoing, error, act } = useAction();
  const [count, setCount] = useState(0);
  const [isPart, setIsPart] = useState(false);

  const save = (): Promise<boolean> =>
    act(async () => {
      const { rows, isWhole } = await readChanges(server, { runId, most: MOST_ROWS }, (read) =>
        setCount(read.length),
      );
      setIsPart(!isWhole);
      offer(toCsv(rows), `run-${runId}.csv`);
    });

  return (
    <>
      <button type="button" disabled={isGoing} onClick={() => void save()}>
        {isGoing ? t('run.csv.going', { count }) : t('run.csv')}
      </button>
      {isPart && <p class="muted small">{t('run.csv.part', { count: MOST_ROWS })}</p>}
      <Refusal error={error} />
    </>
  );
}

function offer(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
