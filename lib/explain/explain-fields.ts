import { isActive } from '../../models/active-user.js';
import type { UserRecord } from '../../models/user.js';
import type { DirectoryEntry } from '../directory/directory.js';
import { ACTIVE_STATE_ATTRIBUTES } from '../mapping/active-state.js';
import type { Person } from '../mapping/map-entry.js';
import { isMutableIdAttribute } from '../mapping/ldap-identity.js';
import type { SettingId } from '../settings/definitions.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { toPhotoHash } from '../sync/avatars/avatar-decision.js';
import { userOf } from '../sync/plan/plan-page.js';
import type { LonePlan } from '../sync/sweep/plan-person.js';

/** What a field of the user is made of. */
export interface ExplainedField {
  readonly field: 'username' | 'name' | 'emails' | 'id' | 'sipExtension' | 'active' | 'photo';
  /** As a sync would take it; `null`: the entry gives nothing. Photos are their SHA-256 (hex) and size. */
  readonly value: unknown;
  /** The setting that says which attributes count. */
  readonly setting: SettingId;
  readonly attributes: readonly string[];
  readonly note?: string;
}

interface Facts {
  readonly entry: DirectoryEntry;
  readonly person: Person;
  readonly user: UserRecord | undefined;
  readonly plan: LonePlan;
  readonly settings: SyncSettings;
  /** Active Directory has settings of its own for the names. */
  readonly isAD: boolean;
}

/** Where the value of a field comes from. */
interface Origin extends Pick<ExplainedField, 'setting' | 'attributes'> {
  readonly note: string | undefined;
}

/** Field by field: the value, and where it comes from. Pure. */
export function explainFields({
  entry,
  person,
  user,
  plan,
  settings: { mapping, policy },
  isAD,
}: Facts): readonly ExplainedField[] {
  const field = (
    name: ExplainedField['field'],
    value: unknown,
    { setting, attributes, note }: Origin,
  ): ExplainedField => ({
    field: name,
    value: value ?? null,
    setting,
    attributes,
    ...(note === undefined ? {} : { note }),
  });

  return [
    field('username', person.username, {
      setting: isAD ? 'LDAP_AD_Username_Field' : 'LDAP_Username_Field',
      attributes: mapping.username.attributes,
      note: toUsernameNote(person, user),
    }),
    field('name', person.name, {
      setting: isAD ? 'LDAP_AD_Name_Field' : 'LDAP_Name_Field',
      attributes: mapping.name.attributes,
      note: toNameNote(person, user),
    }),
    field('emails', person.emails, {
      setting: isAD ? 'LDAP_AD_Email_Field' : 'LDAP_Email_Field',
      attributes: mapping.emailAttributes,
      note: toEmailNote(person, entry, mapping),
    }),
    field('id', person.id, {
      setting: 'LDAP_Unique_Identifier_Field',
      attributes: mapping.idAttributes,
      note: toIdNote(person),
    }),
    field('sipExtension', person.sipExtension, {
      setting: 'LDAP_Extension_Field',
      attributes: mapping.extensionAttribute === undefined ? [] : [mapping.extensionAttribute],
      note:
        person.sipExtension === undefined ? 'Extensions are not synced: the setting is empty.' : undefined,
    }),
    field('active', !person.disabled, {
      setting: 'LDAP_Sync_User_Active_State',
      attributes: ACTIVE_STATE_ATTRIBUTES,
      note: toActiveNote(person, user, policy.activeState),
    }),
    field('photo', toPhoto(person), {
      setting: 'LDAP_Avatar_Field',
      attributes: mapping.photoAttributes,
      note: toPhotoNote(person, plan, mapping.photoAttributes),
    }),
  ];
}

function toUsernameNote({ username, id }: Person, user: UserRecord | undefined): string | undefined {
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

function toActiveNote(
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

function toPhoto({ photo }: Person): unknown {
  if (!photo) return undefined;
  return 'bytes' in photo
    ? { sha256: toPhotoHash(photo.bytes), bytes: photo.bytes.length }
    : { bytes: photo.droppedBytes };
}

function toPhotoNote({ photo }: Person, plan: LonePlan, attributes: readonly string[]): string | undefined {
  if (attributes.length === 0)
    return 'Photos are not synced: LDAP_Sync_User_Avatar or LDAP_Background_Sync_Avatars is off.';
  if (!photo) return undefined;
  if (plan.photo === 'store') return 'It becomes the picture.';
  if (plan.photo === 'record')
    return 'The user uploaded a picture of their own, which stays until this photo changes.';
  if (plan.photo) return `${plan.photo.reason} ${plan.photo.remedy}`;
  return userOf(plan.decision) ? 'It has been taken over before.' : 'There is no user yet who could have it.';
}
