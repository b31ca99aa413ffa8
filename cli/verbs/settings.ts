import type { Program } from './program.js';
import type { Tool } from '../tool.js';
import { addSettingsDiff } from './settings-diff.js';
import { addSettingsGet } from './settings-get.js';
import { addSettingsSet } from './settings-set.js';

export function addSettings(program: Program, tool: Tool): void {
  const settings = program
    .command('settings')
    .description('show, compare and change the settings (get, diff, set)');
  for (const add of [addSettingsGet, addSettingsDiff, addSettingsSet]) add(settings, tool);
}
