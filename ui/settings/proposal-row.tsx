import type { Proposal } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { Text } from '../shown/text.js';
import { EvidenceText } from './evidence-text.js';
import { useSettingWords } from './use-setting-words.js';
import { useShownValue } from './use-shown-value.js';

/** A value that is proposed for a setting, why, and what else may be meant. */
export function ProposalRow({ proposal }: { readonly proposal: Proposal }) {
  const { s, label, named } = useSettingWords();
  const shown = useShownValue();
  const draft = useDraft();
  const { setting, value, current, confidence, others } = proposal;
  const now = draft.values[setting] ?? current;
  const isSame = now === value;
  return (
    <tr>
      <th scope="row">
        {label(setting)}
        <code class="id">{setting}</code>
      </th>
      <td>
        {isSame ? (
          <Text value={shown(value)} />
        ) : (
          <div class="diff">
            <del>
              <span class="unseen">{s('suggest.now')} </span>
              <Text value={shown(now)} />
            </del>
            <ins>
              <Text value={shown(value)} />
            </ins>
          </div>
        )}
      </td>
      <td>
        <span class="tag">{named('confidence', confidence)}</span> <EvidenceText evidence={proposal} />
        {others.length > 0 && (
          <details>
            <summary>{s('suggest.others', { count: others.length })}</summary>
            <ul>
              {others.map((other) => (
                <li key={String(other.value)}>
                  <button type="button" class="link" onClick={() => draft.set(setting, other.value)}>
                    <Text value={shown(other.value)} />
                  </button>{' '}
                  <span class="small muted">
                    <EvidenceText evidence={other} />
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td class="number">
        {isSame ? (
          <span class="muted">{s(value === current ? 'suggest.same' : 'suggest.taken')}</span>
        ) : (
          <button type="button" onClick={() => draft.set(setting, value)}>
            {s('suggest.take')}
            <span class="unseen"> {label(setting)}</span>
          </button>
        )}
      </td>
    </tr>
  );
}
