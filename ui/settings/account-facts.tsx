import type { AccountFacts } from '../api/test-answers.js';
import { Icon } from '../shown/icon.js';
import { Text } from '../shown/text.js';
import { EvidenceText } from './evidence-text.js';
import { useSettingWords } from './use-setting-words.js';

/** Whom the server takes the account for, and what it may read. */
export function AccountFactsView({ facts }: { readonly facts: AccountFacts }) {
  const { s, named, time } = useSettingWords();
  const { bindDN, identity, passwordExpires, rights } = facts;
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{s('account.as')}</dt>
          <dd class="mono">
            <Text value={bindDN ?? s('account.nobody')} />
          </dd>
        </div>
        {identity !== undefined && (
          <div>
            <dt>{s('account.identity')}</dt>
            <dd class="mono">
              <Text value={identity === '' ? s('account.nobody') : identity} />
            </dd>
          </div>
        )}
        {passwordExpires !== undefined && (
          <div>
            <dt>{s('account.expires')}</dt>
            <dd>{time(passwordExpires)}</dd>
          </div>
        )}
      </dl>
      <ul class="rights">
        {rights.map(({ what, isReadable, ...evidence }) => (
          <li key={what}>
            <Icon tone={isReadable === 'unknown' ? 'off' : isReadable ? 'good' : 'warn'} />
            <span>
              {named('right', what)}: {named('readable', String(isReadable))}
              <span class="under small muted">
                <EvidenceText evidence={evidence} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
