import type { Advice } from '../advice.js';
import type { DirectoryEntry } from '../directory/directory.js';
import type { MappingSettings } from '../settings/sync-settings.js';
import { TEXT_FIELD_NAMES, toTextAttribute, type TextField } from '../settings/text-fields.js';
import { isDisabled } from './active-state.js';
import { fromSource, toText, UnusableAttributeError } from './attribute-text.js';
import { hasOwnAddress, toEmailAddresses } from './email-addresses.js';
import type { LdapIdentity } from './ldap-identity.js';
import { toUsername } from './username.js';

export { toRequestedAttributes } from './person-attributes.js';

/** Absent: not synced; `''`: the person has none. */
type PersonTexts = { readonly [Field in TextField]?: string | undefined };

/** A person as the directory describes them. */
export interface Person extends LdapIdentity, PersonTexts {
  readonly dn: string;
  /**
   * `undefined`: the user name field gives nothing; a user who is already linked keeps the present user name.
   */
  readonly username: string | undefined;
  readonly name: string | undefined;
  readonly emails: readonly string[];
  /**
   * The address is made of the user name (`LDAP_Default_Domain`), so it proves nothing that the name does
   * not.
   */
  readonly hasBuiltAddress?: true | undefined;
  readonly disabled: boolean;
  readonly photo: DirectoryPhoto | undefined;
}

/** `bytes` is a view on the received page. `droppedBytes`: the photo was too large to be kept. */
export type DirectoryPhoto = { readonly bytes: Buffer } | { readonly droppedBytes: number };

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

function toPerson(entry: DirectoryEntry, identity: LdapIdentity, mapping: MappingSettings): Person {
  const username = mapUsername(entry, mapping);
  const emails = toEmailAddresses(entry, username, mapping);
  if (emails.length === 0) {
    throw new UnusableAttributeError({
      code: 'no-email-address',
      params: {},
      reason: 'The entry has no e-mail address.',
      remedy:
        'Give the person a mail address in the directory, or set LDAP_Default_Domain to build one from ' +
        'the user name.',
    });
  }
  // Spelt out: spreading costs more than all the rest of the mapping.
  const person: Omit<Person, TextField> = {
    id: identity.id,
    idAttribute: identity.idAttribute,
    dn: entry.dn,
    username,
    name: fromSource(entry, mapping.name)
      ?.slice(0, MAX_NAME_LENGTH)
      .replace(/[\ud800-\udbff]$/, ''),
    emails,
    hasBuiltAddress: mapping.defaultDomain !== '' && !hasOwnAddress(entry, mapping) ? true : undefined,
    disabled: isDisabled(entry),
    photo: toPhoto(entry, mapping.photoAttributes),
  };
  return Object.assign(person, toPersonTexts(entry, mapping));
}

function toPersonTexts(entry: DirectoryEntry, mapping: MappingSettings): PersonTexts {
  const texts: { -readonly [Field in keyof PersonTexts]: PersonTexts[Field] } = {};
  for (const field of TEXT_FIELD_NAMES) {
    const attribute = toTextAttribute(mapping, field);
    texts[field] = attribute === undefined ? undefined : (toText(entry, attribute) ?? '');
  }
  return texts;
}

function mapUsername(
  entry: DirectoryEntry,
  { username: source, slugifyUsername }: MappingSettings,
): string | undefined {
  const text = fromSource(entry, source);
  if (text === undefined) return undefined;
  const username = toUsername(text, slugifyUsername);
  if (username === '') {
    const shown = text.slice(0, 100);
    throw new UnusableAttributeError({
      code: 'unusable-username',
      params: { username: shown },
      reason: `No character of the user name ${JSON.stringify(shown)} can stand in a chat user name.`,
      remedy:
        'Give the person a user name with letters or digits, or map another attribute in ' +
        'LDAP_Username_Field / LDAP_AD_Username_Field.',
    });
  }
  return username;
}

function toPhoto(entry: DirectoryEntry, attributes: readonly string[]): DirectoryPhoto | undefined {
  for (const name of attributes) {
    const attribute = entry.attributes.get(name.toLowerCase());
    if (attribute?.droppedBytes !== undefined) return { droppedBytes: attribute.droppedBytes };
    const bytes = attribute?.values[0];
    if (bytes && bytes.length > 0) return { bytes };
  }
  return undefined;
}
