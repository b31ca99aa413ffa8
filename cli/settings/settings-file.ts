import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { z } from 'zod';
import { CommandError } from '../command-error.js';
import type { SettingValues } from '../session/client-port.js';
import type { Tool } from '../tool.js';

const MOST_BYTES = 1024 * 1024;
const value = z.union([z.boolean(), z.number(), z.string(), z.null()]);
const values = z.record(z.string().max(80), value);
/** Values by their id; the body of a call; or what `settings get --json` printed, of which secrets lack a value. */
const file = z.union([
  z.looseObject({
    settings: z.array(z.looseObject({ setting: z.string(), value: value.optional(), source: z.string() })),
  }),
  z.strictObject({ settings: values }),
  values,
]);

/** Reads settings of files, the later ones over the earlier. Throws a {@link CommandError} that names the file. */
export async function readSettingsFiles(paths: readonly string[], tool: Tool): Promise<SettingValues> {
  const all: Record<string, SettingValues[string]> = {};
  for (const path of paths) Object.assign(all, await readSettingsFile(path, tool));
  return all;
}

async function readSettingsFile(path: string, { terminal }: Tool): Promise<SettingValues> {
  const content = path === '-' ? await readAll(terminal.stdin) : readText(path);
  if (content.length > MOST_BYTES) throw unusable(path, 'is larger than 1 MB');
  const parsed = file.safeParse(parseJson(content, path));
  if (!parsed.success) throw unusable(path, 'does not hold settings');
  const { data } = parsed;
  if (!('settings' in data)) return data;
  if (!Array.isArray(data.settings)) return data.settings as SettingValues;
  const stored = data.settings.filter(({ source }) => source === 'database');
  return Object.fromEntries(
    stored.flatMap((row) => (row.value === undefined ? [] : [[row.setting, row.value]])),
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unusable(path, `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

function parseJson(content: string, path: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw unusable(path, 'is not JSON');
  }
}

function unusable(path: string, why: string): CommandError {
  return new CommandError('usage', `${path === '-' ? 'What came from stdin' : path} ${why}.`, {
    remedy: 'Settings look like {"LDAP_Host": "ldap.example.org", "LDAP_Port": 636}.',
  });
}
