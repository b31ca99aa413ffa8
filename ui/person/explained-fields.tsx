import type { ExplainedField } from '../api/further-answers.js';
import { Text } from '../shown/text.js';
import { useValueText } from '../shown/value-text.js';
import { useWords } from '../words/words.js';

/** Each field with its value, the attributes it is made of, and the setting that says so. */
export function ExplainedFields({ fields }: { readonly fields: readonly ExplainedField[] }) {
  const { t, name } = useWords();
  const toText = useValueText();
  if (fields.length === 0) return <p class="muted">{t('person.fields.none')}</p>;
  // What the entry gives comes first.
  const sorted = [...fields].sort((one, other) => Number(one.value === null) - Number(other.value === null));
  return (
    <table class="fields">
      <caption class="unseen">{t('person.fields.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('person.field')}</th>
          <th scope="col">{t('person.value')}</th>
          <th scope="col">{t('person.source')}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ field, value, setting, attributes, note }) => (
          <tr key={field}>
            <th scope="row">
              <Text value={name('field', field)} />
            </th>
            <td class={value === null ? 'nought' : undefined}>
              <Text value={toText(field, value)} />
              {note !== undefined && (
                <p class="muted small">
                  <Text value={note} lang="en" />
                </p>
              )}
            </td>
            <td>
              <span class="mono">
                <Text value={attributes.join(', ')} />
              </span>{' '}
              <code class="small">{setting}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
