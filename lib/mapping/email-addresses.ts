import type { DirectoryEntry } from '../directory/directory.js';
import type { MappingSettings } from '../settings/sync-settings.js';
import { toTexts } from './attribute-text.js';

const MAX_ADDRESSES = 50;
const MAX_LENGTH = 254;

/**
 * The e-mail addresses of an entry, as Rocket.Chat chooses them: all values of the first attribute that is
 * present; else the user name at the default domain; else `mail`. Values that are no address are left out;
 * `[]` when none remains.
 */
export function toEmailAddresses(
  entry: DirectoryEntry,
  username: string | undefined,
  { emailAttributes, defaultDomain }: Pick<MappingSettings, 'emailAttributes' | 'defaultDomain'>,
): readonly string[] {
  const addresses = ofAttributes(entry, emailAttributes);
  if (addresses.length > 0) return addresses;
  if (defaultDomain !== '' && username) return [`${username}@${defaultDomain}`];
  return distinctAddresses(toTexts(entry, 'mail'));
}

/** Whether an address is taken from the entry, and not made of the user name. */
export function hasOwnAddress(
  entry: DirectoryEntry,
  { emailAttributes, defaultDomain }: Pick<MappingSettings, 'emailAttributes' | 'defaultDomain'>,
): boolean {
  return (
    ofAttributes(entry, emailAttributes).length > 0 ||
    (defaultDomain === '' && distinctAddresses(toTexts(entry, 'mail')).length > 0)
  );
}

function ofAttributes(entry: DirectoryEntry, emailAttributes: readonly string[]): readonly string[] {
  const attribute = emailAttributes.find((name) => toTexts(entry, name).length > 0);
  return attribute === undefined ? [] : distinctAddresses(toTexts(entry, attribute));
}

function distinctAddresses(texts: readonly string[]): readonly string[] {
  const byLowerCase = new Map<string, string>();
  for (const text of texts) {
    const key = text.toLowerCase();
    if (isAddress(text) && !byLowerCase.has(key)) byLowerCase.set(key, text);
  }
  return [...byLowerCase.values()].slice(0, MAX_ADDRESSES);
}

function isAddress(text: string): boolean {
  return text.length <= MAX_LENGTH && /^[^\s@]+@[^\s@]+$/.test(text);
}
