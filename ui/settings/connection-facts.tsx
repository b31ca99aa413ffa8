import type { ConnectionFacts, PinOffer, ShownCertificate } from '../api/test-answers.js';
import { useDraft } from '../draft/draft.js';
import { Text } from '../shown/text.js';
import { EvidenceText } from './evidence-text.js';
import { useSettingWords } from './use-setting-words.js';

const DAY_MS = 86_400_000;

/** Who answered, how it is encrypted, who vouches for it; with the offer to trust what it shows. */
export function ConnectionFactsView({ facts }: { readonly facts: ConnectionFacts }) {
  const { s, named, number } = useSettingWords();
  const { server, encryption, isVerified, openedMs, tls, pin } = facts;
  return (
    <>
      <dl class="facts">
        {server && (
          <div>
            <dt>{s('facts.server')}</dt>
            <dd>
              <Text value={`${server.name}${server.version === undefined ? '' : ` ${server.version}`}`} />{' '}
              <span class="muted mono">
                <Text value={`${server.host}:${server.port}`} />
              </span>
              {openedMs !== undefined && (
                <span class="muted"> {s('facts.openedIn', { ms: number(openedMs) })}</span>
              )}
            </dd>
          </div>
        )}
        <div>
          <dt>{s('facts.encryption')}</dt>
          <dd>
            {named('encryption', encryption)}
            {tls && <> · {tls.protocol}</>}
            {encryption !== 'plain' && <> · {s(isVerified ? 'facts.verified' : 'facts.unverified')}</>}
          </dd>
        </div>
      </dl>
      {tls?.distrust && (
        <p>
          {named('distrust', tls.distrust.kind)}{' '}
          <span class="small muted">
            <Text value={tls.distrust.reason} lang="en" />
          </span>
        </p>
      )}
      {tls && tls.chain.length > 0 && <Chain chain={tls.chain} />}
      {pin && <Pin pin={pin} />}
    </>
  );
}

function Chain({ chain }: { readonly chain: readonly ShownCertificate[] }) {
  const { s, time } = useSettingWords();
  return (
    <ol class="chain" aria-label={s('chain.title')}>
      {chain.map((one) => {
        const days = Math.floor((Date.parse(one.validTo) - Date.now()) / DAY_MS);
        return (
          <li key={one.sha256}>
            <p>
              <strong>
                <Text value={one.subject} />
              </strong>{' '}
              {one.isSelfSigned && <span class="tag">{s('chain.selfSigned')}</span>}
            </p>
            <p class="small muted">
              {s('chain.issuer')} <Text value={one.issuer} /> ·{' '}
              {s('chain.until', { time: time(one.validTo) })} ·{' '}
              {days < 0 ? s('chain.expired') : s('chain.days', { count: days })}
            </p>
            {one.names.length > 0 && (
              <p class="small muted">
                {s('chain.names')} <Text value={one.names.join(', ')} />
              </p>
            )}
            <p class="small mono muted">SHA-256 {one.sha256}</p>
          </li>
        );
      })}
    </ol>
  );
}

function Pin({ pin }: { readonly pin: PinOffer }) {
  const { s } = useSettingWords();
  const draft = useDraft();
  const isTaken = draft.values[pin.setting] === pin.value;
  return (
    <div class="offer">
      <p>
        <strong>{s(pin.isAuthority ? 'pin.authority' : 'pin.server')}</strong> <Text value={pin.subject} />
      </p>
      <p class="small mono">SHA-256 {pin.sha256}</p>
      <p class="muted">
        <EvidenceText evidence={{ because: pin.note, ...(pin.seen ? { seen: pin.seen } : {}) }} />
      </p>
      <p>
        <button type="button" disabled={isTaken} onClick={() => draft.set(pin.setting, pin.value)}>
          {s(isTaken ? 'suggest.taken' : 'pin.take')}
        </button>
      </p>
    </div>
  );
}
