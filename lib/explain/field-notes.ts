import { isActive } from '../../models/active-user.js';
import type { UserRecord } from '../../models/user.js';
import type { DirectoryEntry } from '../directory/directory.js';
import { isMutableIdAttribute } from '../mapping/ldap-identity.js';
import type { Person } from '../mapping/map-entry.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import type { ManagedField } from '../sync/plan/managed-fields.js';
import { userOf } from '../sync/plan/plan-page.js';
import type { LonePlan } from '../sync/sweep/plan-person.js';

/** What is known of somebody whose fields are explained. */
export interface Facts {
  readonly entry: DirectoryEntry;
  readonly person: Person;
  readonly user: UserRecord | undefined;
  readonly plan: LonePlan;
  readonly settings: SyncSettings;
  /** Active Directory has settings of its own for the names. */
  readonly isAD: boolean;
}

/** What is to be said of some fields beyond where they come from. */
export const FIELD_NOTES: { readonly [Field in ManagedField]?: (facts: Facts) => string | undefined } = {
  name: ({ person, user }) => toNameNote(person, user),
  emails: ({ person, entry, settings }) => toEmailNote(person, entry, settings.mapping),
  'services.ldap.id': ({ person }) => toIdNote(person),
};

export function toUsernameNote({ username, id }: Person, user: UserRecord | undefined): string | undefined {
  if (username === undefined)
    return user
      ? 'The entry gives no user name; the user keeps theirs.'
      : `The entry gives no user name; a new user is called ${id}.`;
  return undefined;
}

function toNameNote({ name }: Person, user: UserRecord | undefined): string | undefined {
  if (name !== undefined) return undefined;
  return user
    ? 'The entry gives no name; the user keeps theirs.'
    : 'The entry gives no name; a new user gets one guessed from the user name.';
}

function toEmailNote(
  { emails }: Person,
  entry: DirectoryEntry,
  { emailAttributes }: SyncSettings['mapping'],
): string | undefined {
  const [first] = emails;
  const isMapped = emailAttributes.some((name) =>
    entry.attributes.get(name.toLowerCase())?.values.some((value) => value.toString('utf8').trim() === first),
  );
  return isMapped
    ? undefined
    : 'The attributes hold no address; it was built from the user name and LDAP_Default_Domain, or taken ' +
        'from mail.';
}

function toIdNote({ idAttribute }: Person): string {
  const taken = `Taken from ${idAttribute}, the first of the attributes that the entry has.`;
  return isMutableIdAttribute(idAttribute)
    ? `${taken} People change it: whoever is renamed there becomes a new person here.`
    : taken;
}

export function toActiveNote(
  { disabled }: Person,
  user: UserRecord | undefined,
  policy: SyncSettings['policy']['activeState'],
): string | undefined {
  if (disabled && (policy === 'none' || policy === 'enable'))
    return `The entry is disabled, but the setting is "${policy}": nobody is switched off for that.`;
  if (!disabled && user && !isActive(user) && (policy === 'none' || policy === 'disable')) {
    return (
      `The user is off, and the setting is "${policy}": nobody is switched on. Switch the user on, or ` +
      'set it to "enable" or "both".'
    );
  }
  return undefined;
}

export function toPhotoNote(
  { photo }: Person,
  plan: LonePlan,
  attributes: readonly string[],
): string | undefined {
  if (attributes.length === 0)
    return 'Photos are not synced: LDAP_Sync_User_Avatar or LDAP_Background_Sync_Avatars is off.';
  if (!photo) return undefined;
  if (plan.photo === 'store') return 'It becomes the picture.';
  if (plan.photo === 'record')
    return 'The user uploaded a picture of their own, which stays until this photo changes.';
  if (plan.photo) return `${plan.photo.reason} ${plan.photo.remedy}`;
  return userOf(plan.decision) ? 'It has been taken over before.' : 'There is no user yet who could have it.';
}
