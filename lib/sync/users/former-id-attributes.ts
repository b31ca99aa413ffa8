import { toFormerIdAttributes } from '../../mapping/former-ids.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { LinkSurvey } from './user-store.js';

/** The settings, with the attributes that users are linked by though people are told apart by others now. */
export function withFormerIdAttributes(
  settings: SyncSettings,
  { idAttributes }: Pick<LinkSurvey, 'idAttributes'>,
): SyncSettings {
  const formerIdAttributes = toFormerIdAttributes(idAttributes, settings.mapping);
  if (formerIdAttributes.length === 0) return settings;
  return { ...settings, mapping: { ...settings.mapping, formerIdAttributes } };
}
