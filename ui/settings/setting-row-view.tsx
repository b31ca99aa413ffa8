import { useId } from 'preact/hooks';
import type { SettingProblem, SettingRow } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { Icon } from '../shown/icon.js';
import { Text } from '../shown/text.js';
import { SecretControl } from './secret-control.js';
import { useServerTexts } from './server-texts.js';
import { SettingControl } from './setting-control.js';
import { useSettingWords } from './use-setting-words.js';
import { useShownValue } from './use-shown-value.js';

/** One setting: what it is called and means, its value, where that comes from, and what is wrong with it. */
export function SettingRowView({ row }: { readonly row: SettingRow }) {
  const { label, s } = useSettingWords();
  const draft = useDraft();
  const id = useId();
  const { setting } = row;
  const { about } = useServerTexts();
  const meaning = about(row);
  const isChanged = Object.hasOwn(draft.values, setting);
  const problems = draft.problems.filter((one) => one.setting === setting);
  const lock = useLock(row);
  const described = `${id}-about ${id}-from`;
  return (
    <li
      class={`setting${isChanged ? ' changed' : ''}${problems.length > 0 ? ' wrong' : ''}`}
      id={`s-${setting}`}
    >
      <div class="setting-name">
        <label for={id}>{label(setting)}</label>
        <code class="id">{setting}</code>
        <p class="muted small" id={`${id}-about`} lang={meaning.lang}>
          <About text={meaning.text} />
        </p>
      </div>
      <div class="setting-value">
        {row.isSecret ? (
          <SecretControl row={row} id={id} isLocked={lock !== undefined} describedBy={described} />
        ) : (
          <SettingControl
            row={row}
            id={id}
            isLocked={lock !== undefined}
            describedBy={described}
            isWrong={problems.length > 0}
          />
        )}
        <div class="small muted from" id={`${id}-from`}>
          <From row={row} />
        </div>
        {lock !== undefined && <p class="small lock">{lock}</p>}
        {isChanged && (
          <p class="small undo">
            <Was row={row} />
            <button type="button" class="link" onClick={() => draft.set(setting, undefined)}>
              {s('draft.undo')}
              <span class="unseen"> {label(setting)}</span>
            </button>
          </p>
        )}
        {problems.map((one) => (
          <Refused key={one.message} problem={one} />
        ))}
      </div>
    </li>
  );
}

/** What the server has refused of it. */
function Refused({ problem }: { readonly problem: SettingProblem }) {
  const { reason, remedy, lang } = useServerTexts().problem(problem);
  return (
    <p class="refusal small" role="alert">
      <Icon tone="bad" />
      <span lang={lang}>
        <Text value={reason} /> <Text value={remedy} />
      </span>
    </p>
  );
}

/** The meaning, with what stands between backticks as code. */
function About({ text }: { readonly text: string }) {
  return (
    <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
  );
}

/** Why it cannot be changed here; `undefined`: it can. */
export function useLock({ setting, source, effect }: SettingRow): string | undefined {
  const { s } = useSettingWords();
  if (effect === 'none') return s('row.noEffect');
  if (source === 'environment') return s('row.locked', { name: `OVERWRITE_SETTING_${setting}` });
  return setting.startsWith('LDAP_') ? undefined : s('row.elsewhere');
}

function From({ row }: { readonly row: SettingRow }) {
  const { s, named, number } = useSettingWords();
  const shown = useShownValue();
  const { source, range, isSecret, default: usual } = row;
  const parts = [
    named('source', source),
    ...(usual === undefined || isSecret || source === 'default'
      ? []
      : [s('row.default', { value: shown(usual) })]),
    ...(range && 'min' in range && range.max < Number.MAX_SAFE_INTEGER
      ? [s('row.range', { min: number(range.min), max: number(range.max) })]
      : []),
  ];
  return (
    <>
      {parts.map((part, index) => (
        <span key={index}>
          {index > 0 && ' · '}
          <Text value={part} />
        </span>
      ))}
    </>
  );
}

function Was({ row: { isSecret, value } }: { readonly row: SettingRow }) {
  const { s } = useSettingWords();
  const shown = useShownValue();
  if (isSecret) return <span>{s('secret.replaced')}</span>;
  return (
    <span>
      {s('draft.was')} <Text value={shown(value)} />
    </span>
  );
}
