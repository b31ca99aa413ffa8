import type { Command } from '@commander-js/extra-typings';
import { toOutline } from '../show/outline.js';
import { printList, type Column } from '../show/print-list.js';
import { assertKnown, toText } from '../settings/setting-differences.js';
import type { SettingRow } from '../session/client-port.js';
import { toPrintable } from '../terminal/printable.js';
import type { Tool } from '../tool.js';
import { configOption, csvOption, databaseOption, jsonOption, ndjsonOption, urlOption } from './options.js';

const COLUMNS: readonly Column<SettingRow>[] = [
  { title: 'setting', cell: ({ setting }) => setting },
  { title: 'value', cell: toValue, style: ({ source }) => (source === 'default' ? 'dim' : undefined) },
  { title: 'from', cell: ({ source }) => source, style: () => 'dim' },
  { title: 'about', cell: ({ about }) => about, style: () => 'dim' },
];

export function addSettingsGet(settings: Command, tool: Tool): void {
  settings
    .command('get')
    .description('show settings: those that are set, all, or the named ones')
    .argument('[id...]', 'such as LDAP_Host')
    .option('--all', 'those with their default, too')
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .addOption(ndjsonOption())
    .addOption(csvOption())
    .action((ids, options) =>
      tool.run(options, async ({ client }) => {
        const { terminal } = tool;
        const { settings: all, ...rest } = await client.settings({ signal: tool.interrupted });
        const rows =
          ids.length > 0 ? pick(ids, all) : all.filter((row) => options.all ?? row.source !== 'default');
        const [only] = rows;
        if (only && ids.length === 1 && !(options.json ?? options.ndjson ?? options.csv)) {
          // One value alone, so that a script can take it.
          await terminal.write(
            terminal.isForPerson ? toOutline(only, terminal.paint) : [toPrintable(toPlainValue(only))],
          );
          return 'done';
        }
        await printList(
          {
            pages: onePage(rows),
            columns: COLUMNS,
            toDocument: () => ({ settings: rows, ...rest }),
            empty: 'No setting is set; --all shows them with their defaults.',
          },
          options,
          terminal,
        );
        return 'done';
      }),
    );
}

function pick(ids: readonly string[], rows: readonly SettingRow[]): readonly SettingRow[] {
  assertKnown(ids, rows);
  return rows.filter(({ setting }) => ids.includes(setting));
}

async function* onePage<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield await Promise.resolve(rows);
}

function toValue(row: SettingRow): string {
  return row.isSecret ? (row.source === 'default' ? '(not set)' : '(secret)') : toText(row.value);
}

function toPlainValue(row: SettingRow): string {
  return row.isSecret ? toValue(row) : toPlain(row.value);
}

function toPlain(value: SettingRow['value']): string {
  return typeof value === 'string'
    ? value
    : value === undefined || value === null
      ? ''
      : JSON.stringify(value);
}
