import type { SettingChecks } from './setting-checks.js';
import type { Settings } from './settings.js';

/** More than this is not listed in a sentence, nor more of an id shown. */
const MAX_LISTED = 10;
const MAX_ID = 80;

/** Warns of settings that are on and that nobody knows: such a one may be meant to restrict who is synced. */
export function checkUnfollowed(
  { unknownIds }: Pick<Settings, 'unknownIds'>,
  checks: Pick<SettingChecks, 'warn'>,
): void {
  const [first] = unknownIds;
  if (first === undefined) return;
  const listed = unknownIds.slice(0, MAX_LISTED).map((id) => id.slice(0, MAX_ID));
  const more = unknownIds.length - listed.length;
  checks.warn(
    first.slice(0, MAX_ID),
    `${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}: not known here, and without effect.`,
    'Correct the id, or remove the setting where it is left over from an older version. Make sure that ' +
      'it does not restrict who is synced.',
  );
}
