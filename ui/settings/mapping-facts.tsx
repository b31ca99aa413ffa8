import type { MappingFacts } from '../api/test-answers.js';
import { toPlace } from '../shown/dn.js';
import { Text } from '../shown/text.js';
import { useServerTexts } from './server-texts.js';
import { useSettingWords } from './use-setting-words.js';

/** Which attribute fills which field, for how many of those looked at; and people as a sync would write them. */
export function MappingFactsView({ facts }: { readonly facts: MappingFacts }) {
  const { s, number, named, label } = useSettingWords();
  const { sampled, fields, people } = facts;
  return (
    <>
      <div class="wide">
        <table class="uses">
          <caption class="small muted">{s('mapping.caption', { count: sampled })}</caption>
          <thead>
            <tr>
              <th scope="col">{s('mapping.field')}</th>
              <th scope="col">{s('mapping.attributes')}</th>
              <th scope="col" class="number">
                {s('mapping.having')}
              </th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ setting, part, attributes, having }) => (
              <tr key={`${setting} ${part}`}>
                <th scope="row">{label(setting)}</th>
                <td>
                  {attributes.map(({ name: attribute, state, having: ones }) => (
                    <span key={attribute} class="attribute">
                      <code>{attribute}</code>{' '}
                      <span class="small muted">
                        {state === 'present' ? number(ones) : named('attribute', state)}
                      </span>
                    </span>
                  ))}
                </td>
                <td class="number">
                  <span class={having === 0 ? 'none' : undefined}>
                    {s('mapping.of', { having: number(having), of: number(sampled) })}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {people.length > 0 && (
        <details>
          <summary>{s('mapping.people', { count: people.length })}</summary>
          <ul class="rendered">
            {people.map((person) => (
              <Rendered key={person.dn} person={person} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Rendered({
  person: { dn, fields, rejection, photo },
}: {
  readonly person: MappingFacts['people'][number];
}) {
  const { s, name, t } = useSettingWords();
  const { reason } = useServerTexts();
  const told = rejection && reason(rejection);
  return (
    <li>
      <p class="small muted">
        <Text value={toPlace(dn)} />
      </p>
      {told && (
        <p>
          <span class="tag takes">{s('mapping.rejected')}</span> <Text value={told.reason} lang={told.lang} />
        </p>
      )}
      <dl class="facts">
        {fields.map(({ field, value }) => (
          <div key={field}>
            <dt>{name('field', field)}</dt>
            <dd>
              <Text value={value} />
            </dd>
          </div>
        ))}
        {photo && (
          <div>
            <dt>{name('field', 'photo')}</dt>
            <dd>{t('value.bytes', { count: photo.bytes })}</dd>
          </div>
        )}
      </dl>
    </li>
  );
}
