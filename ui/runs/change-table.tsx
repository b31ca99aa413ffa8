import type { Change } from '../api/answers.js';
import { FieldChanges } from '../shown/field-changes.js';
import { KnownAccountView } from '../shown/known-account.js';
import { PersonName } from '../shown/person-name.js';
import { RowResult } from '../shown/row-result.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';

/** A row a person: what it was about, old and new, and what became of it. */
export function ChangeTable({ rows }: { readonly rows: readonly Change[] }) {
  const { t } = useWords();
  return (
    <table class="changes">
      <caption class="unseen">{t('run.changes.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('run.person')}</th>
          <th scope="col">{t('run.change')}</th>
          <th scope="col">{t('run.result')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={row.id ?? index}>
            <th scope="row">
              <PersonName {...row} />
              {row.account && <KnownAccountView account={row.account} />}
            </th>
            <td>
              <FieldChanges fields={row.fields} row={row} />
            </td>
            <td>
              <RowResult row={row} />
              {row.reason !== undefined && (
                <p class="small">
                  <Text value={row.reason} lang="en" />
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
