import type { GivenValue, SettingRow } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { useSettingWords } from './use-setting-words.js';

interface Props {
  readonly row: SettingRow;
  readonly id: string;
  readonly isLocked: boolean;
  readonly isWrong: boolean;
  readonly describedBy: string;
}

/** Texts of several lines: certificates, maps in JSON, and filters, which are read better whole. */
const LONG = /(_Cert|Map|_Teams|CustomFields|_Filter|_User_Teams)$/;
const IN_A_LINE = 56;
const MOST_LINES = 10;

/** What a setting is changed with. A value that is as it is saved leaves the draft. */
export function SettingControl({ row, id, isLocked, isWrong, describedBy }: Props) {
  const { s, named } = useSettingWords();
  const draft = useDraft();
  const { setting, type, range } = row;
  const isGiven = Object.hasOwn(draft.values, setting);
  const now = isGiven ? (draft.values[setting] ?? row.default) : row.value;
  const change = (value: GivenValue): void => draft.set(setting, value === row.value ? undefined : value);
  const common = { id, disabled: isLocked, 'aria-describedby': describedBy, 'aria-invalid': isWrong };

  if (type === 'boolean')
    return (
      <span class="switch">
        <input
          {...common}
          type="checkbox"
          role="switch"
          checked={now === true}
          onChange={({ currentTarget: { checked } }) => change(checked)}
        />
        <span aria-hidden="true">{s(now === true ? 'value.on' : 'value.off')}</span>
      </span>
    );
  const text = toText(now);
  if (Array.isArray(range))
    return (
      <select {...common} value={text} onChange={({ currentTarget: { value } }) => change(value)}>
        {[...new Set([...(range as readonly string[]), text])].map((choice) => (
          <option key={choice} value={choice}>
            {named('choice', choice === '' ? 'empty' : choice)}
          </option>
        ))}
      </select>
    );
  if (type === 'int')
    return (
      <input
        {...common}
        class="figure"
        inputMode="numeric"
        autocomplete="off"
        value={text}
        onInput={({ currentTarget: { value } }) => change(toNumber(value))}
      />
    );
  const isLong = LONG.test(setting) || text.includes('\n');
  const write = ({
    currentTarget: { value },
  }: {
    readonly currentTarget: { readonly value: string };
  }): void => change(value);
  const plain = {
    ...common,
    class: 'mono',
    value: text,
    spellcheck: false,
    autocomplete: 'off',
    onInput: write,
  };
  return isLong ? <textarea {...plain} rows={toLines(text)} /> : <input {...plain} />;
}

/** What is no whole number is sent as it is, so that the server says what it wants. */
function toNumber(text: string): number | string {
  return /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : text;
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}

function toLines(text: string): number {
  return Math.min(MOST_LINES, Math.max(text.split('\n').length, Math.ceil(text.length / IN_A_LINE)));
}
