import type { SettingChecks } from './setting-checks.js';
import { isSwitchedOn } from './effects/switched-on.js';
import { SETTING_EFFECTS, UNFOLLOWED_IDS } from './setting-effects.js';
import type { Settings } from './settings.js';

/** More than this is not listed in a sentence, nor more of an id shown. */
const MAX_LISTED = 10;
const MAX_ID = 80;

/**
 * Finds the settings that ask for something this package does not do: one that would add something brings a
 * warning, and so does an unknown one. None of them narrows or rewrites who is synced.
 */
export function checkUnfollowed(settings: Settings, checks: Pick<SettingChecks, 'warn'>): void {
  for (const id of UNFOLLOWED_IDS) {
    const effect = SETTING_EFFECTS[id];
    if (effect.kind !== 'missing' || !isSwitchedOn(settings.raw(id))) continue;
    checks.warn(id, `${id} is on and has no effect here: ${effect.about}`, effect.remedy);
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
