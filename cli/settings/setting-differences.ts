import { isSecret } from '../../lib/settings/secret-settings.js';
import { CommandError, type Mistake } from '../command-error.js';
import type { Column } from '../show/print-list.js';
import { toUnknownSetting } from './unknown-setting.js';
import type { SettingRow, Settings, SettingValues } from '../session/client-port.js';

/** A setting that would be another; of a secret it is not known what it is. */
export interface Difference {
  readonly setting: string;
  readonly isSecret: boolean;
  readonly from?: unknown;
  readonly to?: unknown;
}

export const DIFFERENCE_COLUMNS: readonly Column<Difference>[] = [
  { title: 'setting', cell: ({ setting }) => setting },
  { title: 'now', cell: (one) => (one.isSecret ? '(secret)' : toText(one.from)), style: () => 'red' },
  { title: 'then', cell: (one) => (one.isSecret ? '(given anew)' : toText(one.to)), style: () => 'green' },
];

/** What would be another with these values; `null` brings the default. */
export function toDifferences(values: SettingValues, { settings }: Settings): readonly Difference[] {
  const rows = new Map(settings.map((row) => [row.setting, row]));
  return Object.entries(values).flatMap(([setting, value]): Difference[] => {
    const row = rows.get(setting);
    if (row?.isSecret ?? isSecret(setting)) return [{ setting, isSecret: true }];
    const to = value ?? row?.default;
    return row && row.value === to ? [] : [{ setting, isSecret: false, from: row?.value, to }];
  });
}

/** Throws a {@link CommandError} that names every id that is no setting, and which one may be meant. */
export function assertKnown(ids: readonly string[], rows: readonly SettingRow[]): void {
  const known = new Set(rows.map(({ setting }) => setting));
  const mistakes = ids.filter((id) => !known.has(id)).map((id) => toUnknownSetting(id, rows));
  if (mistakes.length > 0) throw new CommandError('usage', 'There are no such settings.', { mistakes });
}

/** Throws what can be known to be wrong without saving: unknown ids, and what an environment overrides that is known here. */
export function assertSettable(values: SettingValues, { settings }: Settings): void {
  assertKnown(Object.keys(values), settings);
  const rows = new Map(settings.map((row) => [row.setting, row]));
  const mistakes = Object.keys(values).flatMap((id): readonly Mistake[] => {
    const row: SettingRow | undefined = rows.get(id);
    if (row?.source !== 'environment') return [];
    return [
      {
        message: `${id} is overridden by an environment, which counts before what is saved.`,
        remedy: `Change or take away OVERWRITE_SETTING_${id}: of the chat server over HTTP; of this shell or in --config on the database.`,
      },
    ];
  });
  if (mistakes.length > 0)
    throw new CommandError('failed', 'These settings cannot be changed here.', { mistakes });
}

export function toText(value: unknown): string {
  if (value === undefined || value === null) return '(none)';
  if (value === '') return '(empty)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
