import type { DirectoryEntry } from '../directory/directory.js';
import type { MappingSettings } from '../settings/sync-settings.js';
import { toTexts } from './attribute-text.js';
import { toAddressKey } from './name-keys.js';
import { parseAddress, type ParsedAddress } from './parse-address.js';

/** A value that is no address. */
export interface RefusedAddress {
  /** Where it is from: an attribute, or the setting that built it. */
  readonly source: string;
  readonly value: string;
  readonly why: string;
  /** It is none by its own words, such as `sip:`, so nobody has to mend it. */
  readonly isElsewhere: boolean;
}

/** The e-mail addresses of an entry. */
export interface EntryAddresses {
  /** The main one first, where the entry names one; the others by the alphabet. */
  readonly addresses: readonly string[];
  /** Spellings of the same addresses that the entry has too; addresses built of its other user names. */
  readonly spellings: readonly string[];
  /** The one that the entry itself names as the main one. */
  readonly primary: string | undefined;
  /** How the directory writes the first one, where that is not how it is stored. */
  readonly written: string | undefined;
  readonly refused: readonly RefusedAddress[];
  /** The attribute they are from; `undefined`: they are built, or there are none. */
  readonly attribute: string | undefined;
}

/** Of a person who has none here. */
export const NO_ADDRESSES: EntryAddresses = {
  addresses: [],
  spellings: [],
  primary: undefined,
  written: undefined,
  refused: [],
  attribute: undefined,
};

const MAX_ADDRESSES = 50;

/**
 * All addresses of the first attribute that has any; else the user name at the default domain; else those of
 * `mail`, as Rocket.Chat chooses them.
 */
export function readAddresses(
  entry: DirectoryEntry,
  usernames: readonly string[],
  { emailAttributes, defaultDomain }: Pick<MappingSettings, 'emailAttributes' | 'defaultDomain'>,
): EntryAddresses {
  const refused: RefusedAddress[] = [];
  const [username] = usernames;
  const isBuilt = defaultDomain !== '' && username !== undefined;
  const hasMail = emailAttributes.some((name) => name.toLowerCase() === 'mail');
  for (const attribute of isBuilt || hasMail ? emailAttributes : [...emailAttributes, 'mail']) {
    const found = chooseAmong(toTexts(entry, attribute, 'address'), attribute, refused);
    if (found.addresses.length > 0) return Object.assign(found, { refused, attribute });
  }
  const built = isBuilt ? usernames.map((name) => `${name}@${defaultDomain}`) : [];
  const found = chooseAmong(built.slice(0, 1), 'LDAP_Default_Domain', refused);
  return Object.assign(found, { spellings: built.slice(1), refused, attribute: undefined });
}

/** As nearly everybody has it. */
function ofOne({ address, written, isPrimary }: ParsedAddress & { readonly kind: 'address' }): Chosen {
  return { addresses: [address], spellings: [], primary: isPrimary ? address : undefined, written };
}

type Chosen = Omit<EntryAddresses, 'refused' | 'attribute'>;

function chooseAmong(texts: readonly string[], source: string, refused: RefusedAddress[]): Chosen {
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) {
    const parsed = parseAddress(only);
    if (parsed.kind === 'address') return ofOne(parsed);
  }
  const byKey = new Map<string, string>();
  const spellings: string[] = [];
  const written = new Map<string, string>();
  const primaries: string[] = [];
  for (const text of texts) {
    const parsed = parseAddress(text);
    if (parsed.kind === 'refused') {
      refused.push({ source, value: text, why: parsed.why, isElsewhere: parsed.isElsewhere });
      continue;
    }
    const key = toAddressKey(parsed.address);
    if (parsed.isPrimary) primaries.push(key);
    if (byKey.has(key)) spellings.push(parsed.address);
    else byKey.set(key, parsed.address);
    if (parsed.written !== undefined) written.set(parsed.address, parsed.written);
  }
  // Several that are each the main one say nothing.
  const [main] = new Set(primaries).size === 1 ? primaries : [];
  const primary = main === undefined ? undefined : byKey.get(main);
  const others = [...byKey.values()].filter((address) => address !== primary).sort();
  const addresses = [...(primary === undefined ? [] : [primary]), ...others].slice(0, MAX_ADDRESSES);
  return { addresses, spellings, primary, written: written.get(addresses[0] ?? '') };
}
