import type { UserRecord } from '../../../models/user.js';
import { isInDoubt } from '../../mapping/lasting-ids.js';
import type { Person } from '../../mapping/map-entry.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { ABAC_FIELD, ABAC_RULES } from './abac.js';
import { isDroppingPhoto, NO_DIFF, toDiffSettings, type UserDiff } from './diff.js';
import { isConversion } from './federation.js';
import { mergeField } from './field-merge.js';

/**
 * The difference of a linked user whom the settings leave alone: the attributes that decide about access follow the
 * directory all the same, as the photo does. `undefined`: nothing of them differs. Pure.
 */
export function diffAccess(person: Person, stored: UserRecord, settings: SyncSettings): UserDiff | undefined {
  if (!followsAccess(settings) || isConversion(person, stored) || isInDoubt(person)) return undefined;
  const values = { wanted: person.abac, stored: stored.abacAttributes };
  const { set, clear } = mergeField(ABAC_RULES, values, toDiffSettings(settings));
  if (set === undefined && clear === undefined) return undefined;
  return {
    ...NO_DIFF,
    ...(set === undefined ? {} : { set: new Map([[ABAC_FIELD, set]]) }),
    ...(clear === undefined ? {} : { clear: new Map([[ABAC_FIELD, clear.to]]) }),
    dropsPhoto: isDroppingPhoto(person, stored),
  };
}

/** Whether the settings have the attributes follow, whatever they say about people. */
export function followsAccess({ mapping }: Pick<SyncSettings, 'mapping'>): boolean {
  return (mapping.abac ?? []).length > 0;
}
