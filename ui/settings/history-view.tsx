import { useState } from 'preact/hooks';
import type { HistoryEntry, SettingRow } from '../api/settings-answers.js';
import { useLoad } from '../data/use-load.js';
import { useSession } from '../session/session-context.js';
import { LoadedView } from '../shown/loaded-view.js';
import { Blank } from '../shown/notice.js';
import { Text } from '../shown/text.js';
import { RestoreDialog } from './restore-dialog.js';
import { useSettingWords } from './use-setting-words.js';
import { useShownValue } from './use-shown-value.js';

interface Props {
  readonly rows: readonly SettingRow[];
  readonly reload: () => void;
}

const PAGE = 100;

/** Who changed what when, the newest first, and the way back to before any of it. */
export function HistoryView({ rows, reload }: Props) {
  const { s } = useSettingWords();
  const { server } = useSession();
  const loaded = useLoad(
    'history of settings',
    async (signal) => (await server.history({ offset: 0, count: PAGE }, { signal })).changes,
  );
  const [chosen, setChosen] = useState<number>();
  return (
    <section aria-labelledby="section">
      <h2 id="section">{s('history.title')}</h2>
      <p class="muted">{s('history.text')}</p>
      <LoadedView loaded={loaded} lines={8}>
        {(entries) =>
          entries.length === 0 ? (
            <Blank tone="off" title={s('history.none')} />
          ) : (
            <>
              <ol class="history-list">
                {entries.map((entry, index) => (
                  <Entry key={entry._id} entry={entry} restore={() => setChosen(index)} />
                ))}
              </ol>
              {chosen !== undefined && (
                <RestoreDialog
                  entries={entries.slice(0, chosen + 1)}
                  rows={rows}
                  close={() => setChosen(undefined)}
                  reload={() => {
                    loaded.reload();
                    reload();
                  }}
                />
              )}
            </>
          )
        }
      </LoadedView>
    </section>
  );
}

function Entry({ entry, restore }: { readonly entry: HistoryEntry; readonly restore: () => void }) {
  const { s, t, time, label } = useSettingWords();
  const shown = useShownValue();
  const { at, by, changes, restores, applies } = entry;
  return (
    <li>
      <header class="list-head">
        <h3>
          {time(at)}{' '}
          <span class="muted">
            {by._id === 'system' ? t('by.system') : <Text value={by.username ?? by._id} />}
          </span>{' '}
          {restores !== undefined && <span class="tag">{s('history.restored')}</span>}
          {applies !== undefined && (
            <a class="tag" href={`#/runs/${applies}`}>
              {s('history.applied')}
            </a>
          )}
        </h3>
        <button type="button" onClick={restore}>
          {s('history.back')}
          <span class="unseen"> {time(at)}</span>
        </button>
      </header>
      <dl class="diff">
        {changes.map(({ setting, isSecret, from, to }) => (
          <div key={setting}>
            <dt>
              {label(setting)}
              <code class="id">{setting}</code>
            </dt>
            <dd>
              {isSecret ? (
                <ins>{s('secret.replaced')}</ins>
              ) : (
                <>
                  <del>
                    <span class="unseen">{t('held.old')} </span>
                    <Text value={shown(from)} />
                  </del>
                  <ins>
                    <span class="unseen">{t('held.new')} </span>
                    <Text value={shown(to)} />
                  </ins>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
