import { CommandError, type Mistake } from '../command-error.js';
import { lookUp } from '../look-up.js';
import type { SettingRow, SettingValues } from '../session/client-port.js';

/** The texts of `ID=VALUE` as values of the types that the settings have. Throws all that is wrong at once. */
export function parseValues(texts: ReadonlyMap<string, string>, rows: readonly SettingRow[]): SettingValues {
  const types = new Map(rows.map(({ setting, type }) => [setting, type]));
  const mistakes: Mistake[] = [];
  const values = [...texts].flatMap(([id, text]) => {
    const parsed = (lookUp(PARSERS, types.get(id)) ?? PARSERS.string)(text);
    if (parsed !== undefined) return [[id, parsed] as const];
    mistakes.push({
      message: `${id} has to be ${lookUp(WORDS, types.get(id)) ?? WORDS.string}, not ${JSON.stringify(text)}.`,
    });
    return [];
  });
  if (mistakes.length > 0)
    throw new CommandError('usage', 'These settings cannot be used.', {
      mistakes,
      remedy: 'chat-ldap-sync settings get ID says what a setting is.',
    });
  return Object.fromEntries(values);
}

type Type = NonNullable<SettingRow['type']>;

/** Ranges are the server's to check, which names all problems at once. */
const PARSERS: Readonly<Record<Type, (text: string) => boolean | number | string | undefined>> = {
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  int: (text) => (/^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : undefined),
  string: (text) => text,
};
const WORDS: Readonly<Record<Type, string>> = {
  boolean: 'true or false',
  int: 'a number',
  string: 'a text',
};
