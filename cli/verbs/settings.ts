import type { Program } from './program.js';
import type { Tool } from '../tool.js';
import { addSettingsDiff } from './settings-diff.js';
import { addSettingsGet } from './settings-get.js';
import { addSettingsHistory } from './settings-history.js';
import { addSettingsRestore } from './settings-restore.js';
import { addSettingsSet } from './settings-set.js';

export function addSettings(program: Program, tool: Tool): void {
  const settings = program
    .command('settings')
    .description(
      'show, compare and change the settings, and take changes back (get, diff, set, history, restore)',
    );
  for (const add of [addSettingsGet, addSettingsDiff, addSettingsSet, addSettingsHistory, addSettingsRestore])
    add(settings, tool);
}
