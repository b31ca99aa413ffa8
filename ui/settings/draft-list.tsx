import type { SettingRow } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { Text } from '../shown/text.js';
import { SCHEDULED, toSectionOf } from './sections.js';
import { useSettingWords } from './use-setting-words.js';
import { useShownValue } from './use-shown-value.js';

/** What is changed and not saved, old and new, each with its undo. */
export function DraftList({ rows }: { readonly rows: readonly SettingRow[] }) {
  const { s, label } = useSettingWords();
  const draft = useDraft();
  const shown = useShownValue();
  return (
    <ul class="draft-list">
      {Object.entries(draft.values).map(([setting, value]) => {
        const row = rows.find((one) => one.setting === setting);
        const isSecret = row?.isSecret === true;
        return (
          <li key={setting}>
            <a
              href={
                SCHEDULED.includes(setting) ? '#/schedule' : `#/settings/${row ? toSectionOf(row) : 'others'}`
              }
            >
              {label(setting)}
            </a>
            <span class="diff">
              {isSecret ? (
                <ins>{s(value === null ? 'secret.forgotten' : 'secret.replaced')}</ins>
              ) : (
                <>
                  <del>
                    <span class="unseen">{s('draft.was')} </span>
                    <Text value={shown(row?.value)} />
                  </del>
                  <ins>
                    <Text value={shown(value)} />
                  </ins>
                </>
              )}
            </span>
            <button type="button" class="link" onClick={() => draft.set(setting, undefined)}>
              {s('draft.undo')}
              <span class="unseen"> {label(setting)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
