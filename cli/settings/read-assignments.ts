import type { Settings, SettingValues } from '../session/client-port.js';
import type { Tool } from '../tool.js';
import { parseValues } from './parse-value.js';
import { parseAssignment } from './setting-assignment.js';
import { readSettingsFiles } from './settings-file.js';

/** What files and `ID=VALUE` say; a value of the command line counts before one of a file. */
export async function readAssignments(
  items: readonly string[],
  { settings }: Pick<Settings, 'settings'>,
  tool: Tool,
): Promise<SettingValues> {
  const texts = new Map<string, string>();
  const paths: string[] = [];
  for (const item of items) {
    const assignment = parseAssignment(item);
    if (assignment) texts.set(...assignment);
    else paths.push(item);
  }
  return { ...(await readSettingsFiles(paths, tool)), ...parseValues(texts, settings) };
}
