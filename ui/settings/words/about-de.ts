import type { SettingId } from '../../../lib/settings/definitions.js';
import type { UnfollowedId } from '../../../lib/settings/setting-effects.js';
import { connection } from './about-de/connection.js';
import { groups } from './about-de/groups.js';
import { host } from './about-de/host.js';
import { people } from './about-de/people.js';

/** What each setting is for, in German; the English is the server's. The compiler misses none. */
export const aboutDe: Readonly<Record<SettingId | UnfollowedId, string>> = {
  ...connection,
  ...people,
  ...groups,
  ...host,
};
