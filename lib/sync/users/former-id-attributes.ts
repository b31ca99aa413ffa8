import { toFormerIdAttributes } from '../../mapping/former-ids.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { UserReader } from './user-store.js';

/** The settings, with the attributes that users are linked by though people are told apart by others now. */
export async function withFormerIdAttributes(
  settings: SyncSettings,
  users: Pick<UserReader, 'linkedIdAttributes'>,
): Promise<SyncSettings> {
  const formerIdAttributes = toFormerIdAttributes(await users.linkedIdAttributes(), settings.mapping);
  if (formerIdAttributes.length === 0) return settings;
  return { ...settings, mapping: { ...settings.mapping, formerIdAttributes } };
}
