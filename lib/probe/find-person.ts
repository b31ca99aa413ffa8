import type { DirectoryEntry } from '../directory/directory.js';
import { allOf, anyOf, equals, type SearchFilter } from '../directory/filter/search-filter.js';
import { readEntries } from '../directory/read-entries.js';
import { identifyEntry } from '../mapping/ldap-identity.js';
import { mapEntry, toRequestedAttributes } from '../mapping/map-entry.js';
import type { AskedPeople } from './asked-settings.js';
import type { PersonReport } from './settings-report.js';

/** Where the name of a person may stand. */
const NAMES = ['uid', 'sAMAccountName', 'userPrincipalName', 'cn', 'displayName', 'mail'];
const FILTER = 'LDAP_User_Search_Filter';
const MAX_DN = 1_000;

type Verdict = Pick<PersonReport, 'isFound' | 'reason' | 'remedy'> & {
  readonly entries: readonly DirectoryEntry[];
};

/** Looks for one person as a sync would, and when that finds nobody, in every other way. */
export async function findPerson(asked: AskedPeople, username: string): Promise<PersonReport> {
  const { entries, ...verdict } = await judge(asked, username);
  return {
    username,
    fields: searchedBy(asked).attributes,
    filter: asked.filterText,
    dns: entries.map(({ dn }) => dn.slice(0, MAX_DN)),
    ...verdict,
  };
}

async function judge(asked: AskedPeople, username: string): Promise<Verdict> {
  const { userFilter } = asked.settings.survey;
  const { setting, attributes: fields } = searchedBy(asked);
  const named = anyOf(fields.map((field) => equals(field, username)));
  const found = await read(asked, allOf([userFilter, named]));
  if (found.length > 1)
    return {
      entries: found,
      isFound: false,
      reason: `Several entries have this name in ${fields.join(', ')}.`,
      remedy: `Name an attribute in ${setting} that tells people apart, or narrow ${FILTER}.`,
    };
  if (found[0]) return { entries: found, ...judgeEntry(found[0], asked) };
  const unfiltered = await read(asked, named);
  if (unfiltered.length > 0)
    return {
      entries: unfiltered,
      isFound: false,
      reason: `There is an entry with this name, which ${FILTER} does not match.`,
      remedy: `Widen ${FILTER}, or let the service account (LDAP_Authentication_UserDN) read what it tests.`,
    };
  return judgeByOtherNames(asked, username);
}

async function judgeByOtherNames(asked: AskedPeople, username: string): Promise<Verdict> {
  const { setting, attributes: fields } = searchedBy(asked);
  const { attributesToQuery } = asked.settings.mapping;
  const names = NAMES.filter((name) => attributesToQuery?.allows(name) ?? true);
  if (names.length === 0) return nowhere(fields);
  const others = await read(asked, anyOf(names.map((name) => equals(name, username))), names);
  const [other] = others;
  const by = other && NAMES.find((name) => hasValue(other, name, username));
  if (other && by !== undefined)
    return {
      entries: others,
      isFound: false,
      reason: `No entry has this name in ${fields.join(', ')} (${setting}); one has it in ${by}.`,
      remedy: `Search for what the entry has in ${fields.join(', ')}, or add ${by} to ${setting}.`,
    };
  return nowhere(fields);
}

function nowhere(fields: readonly string[]): Verdict {
  return {
    entries: [],
    isFound: false,
    reason: `No entry under LDAP_BaseDN has this name in ${[...new Set([...fields, ...NAMES])].join(', ')}.`,
    remedy:
      'Check LDAP_BaseDN and LDAP_User_Search_Scope, the spelling of the name, and whether the service ' +
      'account (LDAP_Authentication_UserDN) may read the entry.',
  };
}

/** A person who is found and still does not become a user. */
function judgeEntry(entry: DirectoryEntry, { settings: { mapping } }: AskedPeople): Omit<Verdict, 'entries'> {
  const identity = identifyEntry(entry, mapping.idAttributes);
  if (!identity)
    return {
      isFound: true,
      reason: 'The entry has none of the attributes of LDAP_Unique_Identifier_Field.',
      remedy: 'Name an attribute there that every entry has, or let the service account read it.',
    };
  const mapped = mapEntry(entry, identity, mapping);
  if (!('rejection' in mapped)) return { isFound: true };
  return { isFound: true, reason: mapped.rejection.reason, remedy: mapped.rejection.remedy };
}

function searchedBy({ settings: { survey } }: AskedPeople) {
  const search = survey.named.find(({ part }) => part === 'search');
  if (!search) throw new TypeError('Settings without a search field are refused when they are parsed.');
  return search;
}

function read(
  { directory, signal, settings: { search, mapping } }: AskedPeople,
  filter: SearchFilter,
  attributes = toRequestedAttributes({ ...mapping, photoAttributes: [] }),
): Promise<readonly DirectoryEntry[]> {
  const { baseDN, scope } = search;
  return readEntries(
    directory,
    { baseDN, scope, filter, attributes, pageSize: 0, sizeLimit: 2 },
    { signal, tolerated: ['referral', 'size-limit'], failure: 'The person could not be looked up' },
  );
}

function hasValue({ attributes }: DirectoryEntry, name: string, wanted: string): boolean {
  const values = attributes.get(name.toLowerCase())?.values ?? [];
  return values.some((value) => value.toString().toLowerCase() === wanted.toLowerCase());
}
