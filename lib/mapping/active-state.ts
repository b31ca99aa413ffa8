import type { DirectoryEntry } from '../directory/directory.js';
import type { StateReading } from '../settings/active-state.js';
import { assertNothingDropped } from './attribute-text.js';
import { mayRead } from './effective-rights.js';

/** What an entry may say about being switched off: Novell, Oracle, 389-DS/FreeIPA, Active Directory. */
export const ACTIVE_STATE_ATTRIBUTES = [
  'loginDisabled',
  'orclIsEnabled',
  'nsAccountLock',
  'userAccountControl',
] as const;

type ActiveStateAttribute = (typeof ACTIVE_STATE_ATTRIBUTES)[number];

/** ADS_UF_ACCOUNTDISABLE */
const ACCOUNT_DISABLED = 0x2;

/** What a value says: the person is off, is on, or nothing. */
const SAYS_OFF: Readonly<Record<ActiveStateAttribute, (text: string) => boolean | undefined>> = {
  loginDisabled: toBoolean,
  nsAccountLock: toBoolean,
  orclIsEnabled: (text) => (text === '' ? undefined : text.toUpperCase() !== 'ENABLED'),
  userAccountControl: (text) =>
    /^[+-]?\d+$/.test(text) ? (Number.parseInt(text, 10) & ACCOUNT_DISABLED) !== 0 : undefined,
};

const SILENCE: Readonly<Record<StateReading, (entry: DirectoryEntry) => boolean | undefined>> = {
  optional: (entry) => (has(entry, 'userAccountControl') ? saysOff(entry, 'userAccountControl') : false),
  required: () => undefined,
  'by-rights': (entry) => (mayRead(entry, 'nsAccountLock') ? false : undefined),
  lost: () => undefined,
};

/**
 * Whether the directory says that this person may not sign in; `undefined`: that cannot be known. Of several values
 * one is enough. A lockout after wrong passwords is not meant: it passes. Throws `UnusableAttributeError` when it says
 * something that was too large to be read.
 */
export function isDisabled(entry: DirectoryEntry, reading: StateReading = 'optional'): boolean | undefined {
  if (isShownDisabled(entry)) return true;
  for (const name of ACTIVE_STATE_ATTRIBUTES) {
    const attribute = entry.attributes.get(name.toLowerCase());
    if (attribute) assertNothingDropped(attribute, attribute.name);
  }
  const telling = reading === 'required' ? (['userAccountControl'] as const) : ACTIVE_STATE_ATTRIBUTES;
  const isShownEnabled = telling.some((name) => saysOff(entry, name) === false);
  return isShownEnabled ? false : SILENCE[reading](entry);
}

/** Whether the entry says that this person may not sign in, whatever else is wrong with it. Never throws. */
export function isShownDisabled(entry: DirectoryEntry): boolean {
  return ACTIVE_STATE_ATTRIBUTES.some((name) => saysOff(entry, name) === true);
}

/** Whether the entry says anything of it. */
export function saysState(entry: DirectoryEntry): boolean {
  return ACTIVE_STATE_ATTRIBUTES.some((name) => saysOff(entry, name) !== undefined);
}

function has({ attributes }: DirectoryEntry, name: ActiveStateAttribute): boolean {
  return attributes.has(name.toLowerCase());
}

function saysOff({ attributes }: DirectoryEntry, name: ActiveStateAttribute): boolean | undefined {
  const said = attributes.get(name.toLowerCase())?.values.map((value) => SAYS_OFF[name](toFlag(value))) ?? [];
  return said.includes(true) ? true : said.find((says) => says !== undefined);
}

function toFlag(value: Buffer): string {
  return value.subarray(0, 32).toString('latin1').trim();
}

function toBoolean(text: string): boolean | undefined {
  return text === '' ? undefined : !/^(?:false|0|no)$/i.test(text);
}
