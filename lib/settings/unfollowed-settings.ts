import { toFinding } from '../findings/finding.js';
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
  const settings = listed.join(', ');
  checks.warn(
    first.slice(0, MAX_ID),
    toFinding('settings-unknown', { settings, more: more > 0 ? more : undefined }),
  );
}
