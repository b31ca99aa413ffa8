import type { PastRun } from '../api/further-answers.js';
import { FieldChanges } from '../shown/field-changes.js';
import { RowResult } from '../shown/row-result.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';

/** What runs did to the person, the newest first. */
export function PastRuns({ runs }: { readonly runs: readonly PastRun[] }) {
  const { t, name, time } = useWords();
  if (runs.length === 0) return <p class="muted">{t('person.history.none')}</p>;
  return (
    <ul class="history">
      {runs.map(({ runId, at, kind, rows }) => (
        <li key={runId}>
          <p>
            <a href={`#/runs/${runId}`}>
              {kind === undefined
                ? time(at)
                : t('person.history.run', { kind: name('kind', kind), time: time(at) })}
            </a>
          </p>
          {rows.map((row, index) => (
            <div key={row.id ?? index} class="planned">
              <p>
                <RowResult row={row} />
              </p>
              <FieldChanges fields={row.fields} />
              {row.reason !== undefined && (
                <p class="small">
                  <Text value={row.reason} lang="en" />
                </p>
              )}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
