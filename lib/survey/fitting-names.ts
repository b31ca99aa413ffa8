import type { NamedPart } from '../settings/named-attributes.js';
import { LASTING_IDS } from '../mapping/lasting-ids.js';

const USERNAMES = ['uid', 'sAMAccountName', 'userPrincipalName', 'cn', 'mail'];

/** What usually holds each part of a person, the most usual first. */
export const FITTING: Readonly<Record<NamedPart, readonly string[]>> = {
  search: USERNAMES,
  id: LASTING_IDS,
  username: USERNAMES,
  name: ['displayName', 'cn', 'givenName', 'sn', 'name'],
  emails: ['mail', 'userPrincipalName', 'proxyAddresses', 'mailAlternateAddress', 'mailPrimaryAddress'],
  customField: [],
  abac: [],
  homeServer: [],
  photo: ['jpegPhoto', 'thumbnailPhoto', 'photo'],
  sipExtension: ['telephoneNumber', 'ipPhone', 'mobile', 'homePhone', 'employeeNumber'],
};

export const FITTING_NAMES: readonly string[] = [...new Set(Object.values(FITTING).flat())];

const MOST = 8;
/** What the server keeps for itself is no field of a person. */
const OPERATIONAL =
  /^(?:(?:create|modify)(?:timestamp|ors?name)|(?:creators|modifiers)name|entry(?:csn|uuid)|hassubordinates|.*timestamp|us[nc].*|when(?:created|changed))$/i;

/** Those of the attributes that fit the part, `first` in front; then others. At most eight. */
export function toFitting(
  part: NamedPart,
  shown: readonly string[],
  first: readonly string[],
): readonly string[] {
  const fitting = toUsual(part, shown);
  const others = shown.filter((name) => !OPERATIONAL.test(name));
  return [...new Set([...first, ...fitting, ...others])].slice(0, MOST);
}

/** Those that usually hold the part, the most usual first. */
export function toUsual(part: NamedPart, shown: readonly string[]): readonly string[] {
  const byKey = new Map(shown.map((name) => [name.toLowerCase(), name]));
  return FITTING[part].flatMap((name) => byKey.get(name.toLowerCase()) ?? []);
}
