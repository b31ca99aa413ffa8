import type { SettingChecks } from './setting-checks.js';
import { SETTING_EFFECTS, WATCHED_IDS } from './setting-effects.js';
import type { Settings } from './settings.js';

/** More than this is not listed in a sentence, nor more of an id shown. */
const MAX_LISTED = 10;
const MAX_ID = 80;

/**
 * Finds the settings that ask for something this package does not do. A setting that narrows or rewrites who
 * is synced stops the run, since a sync would write other people than it wants; a setting that adds something
 * brings a warning, and so does an unknown one.
 */
export function checkUnfollowed(settings: Settings, checks: Pick<SettingChecks, 'reject' | 'warn'>): void {
  for (const id of WATCHED_IDS) {
    const effect = SETTING_EFFECTS[id];
    const value = settings.raw(id);
    if (!('isOn' in effect) || value === undefined || value === null || !effect.isOn(value)) continue;
    if (effect.kind === 'refused') {
      checks.reject(
        id,
        `${id} is on, which is not supported here: a sync would bring other people than it asks for. ` +
          effect.about,
        effect.remedy,
      );
    } else {
      checks.warn(id, `${id} is on and has no effect here: ${effect.about}`, effect.remedy);
    }
  }
  const [first] = settings.unknownIds;
  if (first === undefined) return;
  const listed = settings.unknownIds.slice(0, MAX_LISTED).map((id) => id.slice(0, MAX_ID));
  const more = settings.unknownIds.length - listed.length;
  checks.warn(
    first.slice(0, MAX_ID),
    `${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}: not known here, and without effect.`,
    'Correct the id, or remove the setting where it is left over from an older version. Make sure that ' +
      'it does not restrict who is synced.',
  );
}
