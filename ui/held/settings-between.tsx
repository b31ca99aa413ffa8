import type { SettingsChange } from '../api/further-answers.js';
import { useLoad } from '../data/use-load.js';
import { useSession } from '../session/session-context.js';
import { Text } from '../shown/text.js';
import { useValueText } from '../shown/value-text.js';
import { useWords } from '../words/words.js';

export interface SettingsBetween {
  /** `undefined`: not known yet, or not for this reader. */
  readonly changes: readonly SettingsChange[] | undefined;
  readonly isForbidden: boolean;
}

/** The changes of settings after a time, until another or until now. */
export function useSettingsBetween(since: string | undefined, until?: string): SettingsBetween {
  const { server } = useSession();
  const { data, error } = useLoad('settings history', (signal) => server.settingsHistory({ signal }), {
    isAside: true,
  });
  const isBetween = ({ at }: SettingsChange): boolean =>
    since !== undefined &&
    Date.parse(at) > Date.parse(since) &&
    (until === undefined || Date.parse(at) <= Date.parse(until));
  return {
    changes: since === undefined ? undefined : data?.changes.filter(isBetween),
    isForbidden: error?.status === 403,
  };
}

/** Who changed which setting from what to what. */
export function SettingsBetweenView({ changes, isForbidden }: SettingsBetween) {
  const { t, time } = useWords();
  const toText = useValueText();
  if (!changes)
    return <span class="muted">{t(isForbidden ? 'held.changed.settings.forbidden' : 'state.loading')}</span>;
  if (changes.length === 0) return <span class="muted">{t('held.changed.settings.none')}</span>;
  return (
    <ul class="plain">
      {changes.map(({ _id, at, by, changes: of }) => (
        <li key={_id}>
          {of.map(({ setting, from, to }) => (
            <span key={setting} class="setting-change">
              <code>{setting}</code>{' '}
              {from !== undefined && (
                <del>
                  <Text value={toText('', from)} />
                </del>
              )}{' '}
              {to !== undefined && (
                <ins>
                  <Text value={toText('', to)} />
                </ins>
              )}
            </span>
          ))}
          <span class="muted small">
            {t('held.changed.settings.by', { who: by.username ?? by._id, time: time(at) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
