import type { TargetedSubmitEvent } from 'preact';
import type { GivenValue, HistoryEntry, SettingRow } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { useSession } from '../session/session-context.js';
import { useAnnounce } from '../shell/announcer.js';
import { Dialog } from '../shown/dialog.js';
import { Text } from '../shown/text.js';
import { needsPreview } from './sections.js';
import { Problems } from './section-report.js';
import { toFormer } from './to-former.js';
import { toProblems, useDraftCall } from './use-draft-call.js';
import { useSettingWords } from './use-setting-words.js';
import { useShownValue } from './use-shown-value.js';
import { SettingsRefusal } from './settings-refusal.js';

interface Props {
  /** The newest first; the last of them is taken back with all the others. */
  readonly entries: readonly HistoryEntry[];
  readonly rows: readonly SettingRow[];
  readonly close: () => void;
  readonly reload: () => void;
}

/** Back to before a change: into the draft, to be previewed; or at once. */
export function RestoreDialog({ entries, rows, close, reload }: Props) {
  const { s, t, label } = useSettingWords();
  const shown = useShownValue();
  const { server } = useSession();
  const draft = useDraft();
  const announce = useAnnounce();
  const { isGoing, error, call } = useDraftCall();
  const { values, secrets } = toFormer(entries);
  const differing = Object.entries(values).filter(([setting, value]) => {
    const row = rows.find((one) => one.setting === setting);
    return (value ?? row?.default) !== row?.value;
  });
  const isPreviewed = differing.some(([setting]) => needsPreview(setting));
  const changeId = entries.at(-1)?._id ?? '';
  const revision = entries[0]?._id ?? null;

  async function restore(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = Object.fromEntries(
      secrets.map((id): [string, GivenValue] => {
        const text = form.get(id);
        return [id, typeof text === 'string' && text !== '' ? text : null];
      }),
    );
    const isDone = await call(
      (all) =>
        server.restore({ changeId, revision, ...(Object.keys(all).length > 0 ? { secrets: all } : {}) }),
      given,
    );
    if (!isDone) return;
    announce(s('draft.saved'));
    reload();
    close();
  }

  function toDraft(): void {
    draft.take(Object.fromEntries(differing));
    close();
    location.hash = '#/settings/review';
  }

  return (
    <Dialog title={s('restore.title')} name="wide-dialog" close={close}>
      <form onSubmit={(event) => void restore(event)}>
        <p>{s('restore.text', { count: entries.length })}</p>
        <ul class="draft-list">
          {differing.map(([setting, value]) => (
            <li key={setting}>
              {label(setting)}
              <span class="diff">
                <del>
                  <Text value={shown(rows.find((one) => one.setting === setting)?.value)} />
                </del>
                <ins>
                  <Text value={shown(value)} />
                </ins>
              </span>
            </li>
          ))}
        </ul>
        {differing.length === 0 && secrets.length === 0 && <p class="muted">{s('restore.same')}</p>}
        {secrets.map((id) => (
          <label key={id}>
            {label(id)}
            <input name={id} type="password" autocomplete="off" />
            <span class="small muted">{s('restore.secret')}</span>
          </label>
        ))}
        <SettingsRefusal error={error} />
        <Problems problems={error ? toProblems(error) : []} tone="bad" />
        <p class="buttons end">
          <button type="button" onClick={close}>
            {t('state.cancel')}
          </button>
          <button class={isPreviewed ? undefined : 'primary'} disabled={isGoing}>
            {s('restore.now')}
          </button>
          {differing.length > 0 && (
            <button type="button" class={isPreviewed ? 'primary' : undefined} autofocus onClick={toDraft}>
              {s('restore.draft')}
            </button>
          )}
        </p>
      </form>
    </Dialog>
  );
}
