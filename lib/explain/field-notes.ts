import type { UserRecord } from '../../models/user.js';
import type { DirectoryEntry } from '../directory/directory.js';
import { readAddresses } from '../mapping/email-addresses.js';
import { isMutableIdAttribute } from '../mapping/ldap-identity.js';
import type { Person } from '../mapping/map-entry.js';
import type { PersonPart } from '../mapping/person-attributes.js';
import { withVariables } from '../mapping/variables/with-variables.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import type { GivenByGroups } from '../sync/person/given-by-groups.js';
import { toAbacRemarks } from '../sync/plan/abac-remarks.js';
import type { ManagedField } from '../sync/plan/managed-fields.js';
import { userOf } from '../sync/plan/plan-page.js';
import { refusalOf } from '../sync/plan/refused-rename.js';
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
  /** Which groups give something; absent where the settings ask for none. */
  readonly given?: GivenByGroups | undefined;
}

/** What is to be said of some fields beyond where they come from. */
export const FIELD_NOTES: { readonly [Field in ManagedField]?: (facts: Facts) => string | undefined } = {
  name: (facts) => toNameNote(facts) ?? toStandingNote('name', facts, facts.user?.name),
  sipExtension: (facts) => toStandingNote('sipExtension', facts, facts.user?.sipExtension),
  emails: toEmailNote,
  abacAttributes: ({ person, user }) =>
    toAbacRemarks(person, user)
      .map(({ reason, remedy }) => `${reason} ${remedy}`)
      .join(' ') || undefined,
  federated: ({ person: { homeServer } }) =>
    homeServer === undefined ? 'The person is of this server.' : 'The person is of another server.',
  'services.ldap.id': ({ person }) => toIdNote(person),
};

export function toUsernameNote(facts: Facts): string | undefined {
  const { person, user, plan } = facts;
  const refusal = plan.decision.kind === 'existing' ? refusalOf(plan.decision) : undefined;
  if (refusal) return `${refusal.reason} ${refusal.remedy}`;
  if (person.username !== undefined) return toStandingNote('username', facts, user?.username);
  return user
    ? 'The entry gives no user name; the user keeps theirs.'
    : `The entry gives no user name; a new user is called ${person.id}.`;
}

function toNameNote({ person, user }: Facts): string | undefined {
  if (person.name !== undefined) return undefined;
  return user
    ? 'The entry gives no name; the user keeps theirs.'
    : 'The entry gives no name; a new user gets one guessed from the user name.';
}

function toEmailNote({ person, entry, settings: { mapping } }: Facts): string | undefined {
  if (person.homeServer !== undefined) return 'An account of another server has no address here.';
  const computed = withVariables(entry, mapping.variables);
  const { attribute } = readAddresses(
    computed,
    person.username === undefined ? [] : [person.username],
    mapping,
  );
  const isMapped = mapping.emailAttributes.some((name) => name === attribute);
  const notes = [
    ...(isMapped
      ? []
      : [
          'The attributes hold no address; it was built from the user name and LDAP_Default_Domain, or taken ' +
            'from mail.',
        ]),
    ...(person.remark ? [`${person.remark.reason} ${person.remark.remedy}`] : []),
  ];
  return notes.length > 0 ? notes.join(' ') : undefined;
}

/** Said of a field of which the entry has several values, one of which the user has. */
function toStandingNote(field: PersonPart, { person, user }: Facts, stored: unknown): string | undefined {
  const several = person.alternatives?.get(field);
  if (!several) return undefined;
  return user && typeof stored === 'string' && several.includes(stored)
    ? `The entry has ${several.length} values; the user has one of them, ${JSON.stringify(stored)}, and keeps it.`
    : `The entry has ${several.length} values, of which the first by the alphabet is taken.`;
}

function toIdNote({ idAttribute }: Person): string {
  const taken = `Taken from ${idAttribute}, the first of the attributes that the entry has.`;
  return isMutableIdAttribute(idAttribute)
    ? `${taken} People change it: whoever is renamed there becomes a new person here.`
    : taken;
}

export function toPhotoNote(
  { photo }: Person,
  plan: LonePlan,
  attributes: readonly string[],
): string | undefined {
  if (attributes.length === 0)
    return 'Photos are not synced: LDAP_Sync_User_Avatar or LDAP_Background_Sync_Avatars is off.';
  if (!photo && plan.removals.some(({ kind }) => kind === 'photo'))
    return 'The entry has no photo any more: the picture goes, if the sync meets somebody who has one.';
  if (!photo) return undefined;
  if (plan.photo === 'store') return 'It becomes the picture.';
  if (plan.photo === 'record')
    return 'The user uploaded a picture of their own, which stays until this photo changes.';
  if (plan.photo) return `${plan.photo.reason} ${plan.photo.remedy}`;
  return userOf(plan.decision) ? 'It has been taken over before.' : 'There is no user yet who could have it.';
}
