import type { SettingChecks } from './setting-checks.js';
import { SETTING_EFFECTS, WATCHED_IDS } from './setting-effects.js';
import type { Settings } from './settings.js';

/** More than this is not listed in a sentence, nor more of an id shown. */
const MAX_LISTED = 10;
const MAX_ID = 80;

/**
 * Says which settings ask for something that is not done here. One that narrows or rewrites who is synced
 * stands in the way of a run, since everybody would be written otherwise; one that adds something is a
 * warning, and so is one that nobody knows.
 */
export function checkUnfollowed(settings: Settings, checks: Pick<SettingChecks, 'reject' | 'warn'>): void {
  for (const id of WATCHED_IDS) {
    const effect = SETTING_EFFECTS[id];
    const value = settings.raw(id);
    if (!('isOn' in effect) || value === undefined || value === null || !effect.isOn(value)) continue;
    if (effect.kind === 'refused') {
      checks.reject(
        id,
        `${id} is on, which a sync here cannot follow, so it would bring people whom it should not, or ` +
          `others than it should: ${effect.about}`,
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
    `Nobody here knows ${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}, so nothing of it ` +
      'has an effect.',
    'Correct the id, or remove the setting where it is left over from an older version. Make sure that ' +
      'it is not to say who is synced.',
  );
}
