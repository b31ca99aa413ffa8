import type { Advice } from '../advice.js';
import type { DirectoryEntry } from '../directory/directory.js';
import type { MappingSettings, UnreadPart } from '../settings/sync-settings.js';
import { TEXT_FIELD_NAMES, toTextAttribute, type TextField } from '../settings/text-fields.js';
import { readAbac, type PersonAbac } from './abac.js';
import { findDisabling, isDisabled, type StateAttribute } from './active-state.js';
import { toTexts, UnusableAttributeError } from './attribute-text.js';
import { readCustomFields, type PersonCustomFields } from './custom-fields.js';
import { NO_ADDRESSES, readAddresses, type EntryAddresses } from './email-addresses.js';
import { showsPhotos, toPhoto, type DirectoryPhoto } from './entry-photo.js';
import { mapUsernames } from './entry-usernames.js';
import { readHomeServer, toFederatedNames } from './home-server.js';
import type { Grants } from './grants.js';
import type { LdapIdentity } from './ldap-identity.js';
import type { PersonPart } from './person-attributes.js';
import { toAddressRejection, toAddressRemark } from './refused-addresses.js';
import { fromSource } from './source-texts.js';
import { withVariables } from './variables/with-variables.js';

export type { DirectoryPhoto } from './entry-photo.js';
export { toRequestedAttributes } from './person-attributes.js';

/** Absent: not synced; `''`: the person has none. */
type PersonTexts = { readonly [Field in TextField]?: string | undefined };

/** A person as the directory describes them. */
export interface Person extends LdapIdentity, PersonTexts, PersonCustomFields, PersonAbac {
  readonly dn: string;
  /**
   * `undefined`: the user name field gives nothing; a user who is already linked keeps the present user name.
   */
  readonly username: string | undefined;
  readonly name: string | undefined;
  readonly emails: readonly string[];
  /** The server that the person is of, where it is another one: the user name has it, too, and there is no address. */
  readonly homeServer?: string | undefined;
  /**
   * The address is made of the user name (`LDAP_Default_Domain`), so it proves nothing that the name does
   * not.
   */
  readonly hasBuiltAddress?: true | undefined;
  /** Parts of which the entry may have more than may be read: a user who has one keeps it. */
  readonly unreadParts?: readonly UnreadPart[] | undefined;
  /** The one of the addresses that the entry itself says comes first (`SMTP:` in capitals). */
  readonly primaryAddress?: string | undefined;
  /** How the directory writes the first address, where it is stored in another form. */
  readonly writtenAddress?: string | undefined;
  /**
   * All values of a part, where there are several: their order says nothing, so a user who has one of them keeps
   * it.
   */
  readonly alternatives?: ReadonlyMap<PersonPart, readonly string[]> | undefined;
  /** It is not known whether the person is in the group whose members are synced. */
  readonly hasUnknownMembership?: true | undefined;
  /** What groups give the person; absent: no group was asked. */
  readonly grants?: Grants | undefined;
  /** What an administrator should know of an entry that could be mapped. */
  readonly remark?: Advice | undefined;
  /** `undefined`: the directory does not show it. */
  readonly disabled: boolean | undefined;
  /** The attribute that says so. */
  readonly disabledBy?: StateAttribute | undefined;
  readonly photo: DirectoryPhoto | undefined;
  /** Photos were asked for, and the entry shows that the person has none. */
  readonly lacksPhoto?: true;
}

export type MappedEntry = { readonly person: Person } | { readonly rejection: Advice };

const MAX_NAME_LENGTH = 512;

/** Makes a person of an entry, or says why that cannot be. Pure; the identity has been found before. */
export function mapEntry(
  entry: DirectoryEntry,
  identity: LdapIdentity,
  mapping: MappingSettings,
): MappedEntry {
  try {
    return { person: toPerson(entry, identity, mapping) };
  } catch (error) {
    if (!(error instanceof UnusableAttributeError)) throw error;
    return { rejection: error.advice };
  }
}

function toPerson(raw: DirectoryEntry, identity: LdapIdentity, mapping: MappingSettings): Person {
  const entry = withVariables(raw, mapping.variables);
  let alternatives: Map<PersonPart, readonly string[]> | undefined;
  const homeServer = readHomeServer(entry, mapping.homeServers);
  const usernames = mapUsernames(entry, mapping);
  const username = first(
    'username',
    homeServer === undefined ? usernames : toFederatedNames(usernames, homeServer),
  );
  const name = first('name', fromSource(entry, mapping.name, 'name').map(cutName));
  const emails = homeServer === undefined ? readOwn(entry, usernames, mapping) : NO_ADDRESSES;
  if (emails.spellings.length > 0) first('emails', [...emails.addresses, ...emails.spellings]);
  const texts: { -readonly [Field in keyof PersonTexts]: PersonTexts[Field] } & { lacksPhoto?: true } = {};
  for (const field of TEXT_FIELD_NAMES) {
    const attribute = toTextAttribute(mapping, field);
    if (attribute !== undefined) texts[field] = first(field, toTexts(entry, attribute, 'plain')) ?? '';
  }
  // A variable takes the place of no photo, and of nothing that says who is disabled.
  const disabledBy = findDisabling(raw, mapping);
  // Spelt out: spreading costs more than all the rest of the mapping.
  const person: Omit<Person, TextField> = {
    id: identity.id,
    idAttribute: identity.idAttribute,
    dn: raw.dn,
    username,
    name,
    emails: emails.addresses,
    homeServer,
    hasBuiltAddress: homeServer === undefined && emails.attribute === undefined ? true : undefined,
    unreadParts: mapping.unreadParts,
    primaryAddress: emails.primary,
    writtenAddress: emails.written,
    alternatives,
    remark: emails.refused.length > 0 ? toAddressRemark(emails.refused) : undefined,
    disabled: isDisabled(raw, mapping, disabledBy),
    disabledBy,
    photo: toPhoto(raw, mapping.photoAttributes),
  };
  if (!person.photo && showsPhotos(entry, mapping)) texts.lacksPhoto = true;
  const fields = readCustomFields(entry, mapping.customFields);
  return Object.assign(person, texts, fields, readAbac(entry, mapping.abac));

  /** The first choice; where there are others, they are remembered. */
  function first(part: PersonPart, values: readonly string[]): string | undefined {
    if (values.length > 1) (alternatives ??= new Map<PersonPart, readonly string[]>()).set(part, values);
    return values[0];
  }
}

/** Somebody of this server has an address. */
function readOwn(
  entry: DirectoryEntry,
  usernames: readonly string[],
  mapping: MappingSettings,
): EntryAddresses {
  const emails = readAddresses(entry, usernames, mapping);
  if (emails.addresses.length === 0) throw new UnusableAttributeError(toAddressRejection(emails.refused));
  return emails;
}

function cutName(name: string): string {
  return name.slice(0, MAX_NAME_LENGTH).replace(/[\ud800-\udbff]$/, '');
}
