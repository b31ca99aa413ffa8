import type { DirectoryEntry } from '../directory/directory.js';
import type { FurtherStateAttribute, StateReading } from '../settings/active-state.js';
import type { MappingSettings } from '../settings/sync-settings.js';
import { assertNothingDropped } from './attribute-text.js';
import { mayRead } from './effective-rights.js';
import { FURTHER_STATES } from './further-states.js';

/** What an entry may say about being switched off: Novell, Oracle, 389-DS/FreeIPA, Active Directory. */
const ALWAYS = ['loginDisabled', 'orclIsEnabled', 'nsAccountLock', 'userAccountControl'] as const;

type AlwaysCounted = (typeof ALWAYS)[number];
export type StateAttribute = AlwaysCounted | FurtherStateAttribute;

/** What counts in this run; absent: nothing further, and no silence has a meaning of its own. */
type StateRules = Pick<MappingSettings, 'stateReading' | 'furtherState' | 'stateAt' | 'attributesToQuery'>;

/** ADS_UF_ACCOUNTDISABLE */
const ACCOUNT_DISABLED = 0x2;

/** What a value says: the person is off, is on, or nothing. */
const SAYS_OFF: Readonly<Record<AlwaysCounted, (text: string) => boolean | undefined>> = {
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

/** The attributes of being disabled that count and may be read. */
export function toStateAttributes({
  furtherState = [],
  attributesToQuery,
}: StateRules): readonly StateAttribute[] {
  const all: readonly StateAttribute[] = [...ALWAYS, ...furtherState];
  return attributesToQuery ? all.filter((name) => attributesToQuery.allows(name)) : all;
}

/**
 * Whether the directory says that this person may not sign in; `undefined`: that cannot be known. Of several values
 * one is enough. A lockout after wrong passwords is not meant: it passes. Throws `UnusableAttributeError` when it says
 * something that was too large to be read. `disabledBy`: what says so, where it has been found before.
 */
export function isDisabled(
  entry: DirectoryEntry,
  rules: StateRules = {},
  disabledBy = findDisabling(entry, rules),
): boolean | undefined {
  if (disabledBy !== undefined) return true;
  for (const name of toStateAttributes(rules)) {
    const attribute = entry.attributes.get(name.toLowerCase());
    if (attribute) assertNothingDropped(attribute, attribute.name);
  }
  const { stateReading = 'optional', furtherState = [] } = rules;
  // Every person of an Active Directory has this one, too, so where it lacks it is hidden.
  const isHidden = furtherState.includes('accountExpires') && !has(entry, 'accountExpires');
  if (stateReading === 'required' && isHidden) return undefined;
  const telling = stateReading === 'required' ? (['userAccountControl'] as const) : ALWAYS;
  const isShownEnabled = telling.some((name) => saysOff(entry, name) === false);
  return isShownEnabled ? false : SILENCE[stateReading](entry);
}

/**
 * The first attribute by which the entry says that this person may not sign in, whatever else is wrong with
 * the entry. Never throws.
 */
export function findDisabling(
  entry: DirectoryEntry,
  { furtherState = [], stateAt }: StateRules,
): StateAttribute | undefined {
  const always = ALWAYS.find((name) => saysOff(entry, name) === true);
  if (always !== undefined || stateAt === undefined) return always;
  return furtherState.find((name) =>
    textsOf(entry, name).some((text) => FURTHER_STATES[name].saysOff(text, stateAt)),
  );
}

/** Whether the entry says anything of it. */
export function saysState(entry: DirectoryEntry, { furtherState = [] }: StateRules): boolean {
  return (
    ALWAYS.some((name) => saysOff(entry, name) !== undefined) || furtherState.some((name) => has(entry, name))
  );
}

function has({ attributes }: DirectoryEntry, name: StateAttribute): boolean {
  return attributes.has(name.toLowerCase());
}

function saysOff(entry: DirectoryEntry, name: AlwaysCounted): boolean | undefined {
  const said = textsOf(entry, name).map((text) => SAYS_OFF[name](text));
  return said.includes(true) ? true : said.find((says) => says !== undefined);
}

function textsOf({ attributes }: DirectoryEntry, name: StateAttribute): readonly string[] {
  return attributes.get(name.toLowerCase())?.values.map(toFlag) ?? [];
}

function toFlag(value: Buffer): string {
  return value.subarray(0, 32).toString('latin1').trim();
}

function toBoolean(text: string): boolean | undefined {
  return text === '' ? undefined : !/^(?:false|0|no)$/i.test(text);
}
