import type { Explanation } from '../api/further-answers.js';
import { Photo } from '../shown/photo.js';
import { Text } from '../shown/text.js';
import { useValueText } from '../shown/value-text.js';
import type { WordKey } from '../words/en.js';
import { useWords } from '../words/words.js';

/** The two halves of a person: the entry and the account. */
export function FoundStep({ explanation }: { readonly explanation: Explanation }) {
  const { t, time, name } = useWords();
  const { entry, user } = explanation;
  const removed = user?.ldapSync;
  return (
    <>
      <p>{t(toFound(explanation))}</p>
      <dl class="facts two">
        {entry && (
          <div>
            <dt>{t('pair.entry')}</dt>
            <dd class="mono">
              <Text value={entry.dn} />
              <Photo asked={{ which: 'directory', dn: entry.dn }} text="" />
            </dd>
          </div>
        )}
        {user && (
          <div>
            <dt>{t('pair.account')}</dt>
            <dd>
              <Text value={`@${user.username ?? user._id}`} />{' '}
              <span class="tag">{t(user.active === false ? 'pair.inactive' : 'pair.active')}</span>{' '}
              {(user.roles ?? []).map((role) => (
                <span key={role} class="tag">
                  <Text value={role} />
                </span>
              ))}
              <span class="under muted mono small">{user._id}</span>
              {user.ldap && <Photo asked={{ which: 'chat', userId: user._id }} text="" />}
            </dd>
          </div>
        )}
      </dl>
      {removed?.deactivatedAt !== undefined && (
        <p>
          {t('person.removed', {
            time: time(removed.deactivatedAt),
            why: name('person.because', removed.deactivatedBecause),
          })}{' '}
          {removed.deactivatedByRun !== undefined && (
            <a href={`#/runs/${removed.deactivatedByRun}`}>{t('health.report')}</a>
          )}
        </p>
      )}
      {entry && <Attributes entry={entry} />}
    </>
  );
}

/** An entry that a sync does not read is not shown, though it is there. */
function toFound({ entry, user, whereabouts }: Explanation): WordKey {
  if (entry) return user ? 'person.found.both' : 'person.found.entry';
  return whereabouts?.startsWith('outside-') ? 'person.found.unread' : 'person.found.user';
}

function Attributes({ entry: { attributes } }: { readonly entry: NonNullable<Explanation['entry']> }) {
  const { t } = useWords();
  const toText = useValueText();
  return (
    <details>
      <summary>
        {t('person.attributes')} <span class="muted">{attributes.length}</span>
      </summary>
      <dl class="attributes">
        {attributes.map(({ name, values, omitted }) => (
          <div key={name}>
            <dt class="mono">
              <Text value={name} />
            </dt>
            <dd>
              {values.map((value, index) => (
                <span key={index} class="value">
                  <Text value={toText('', value)} />
                </span>
              ))}
              {omitted !== undefined && <span class="muted">+{omitted}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
