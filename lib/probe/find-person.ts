import { toAdvice } from '../advice.js';
import { toFinding } from '../findings/finding.js';
import type { DirectoryEntry } from '../directory/directory.js';
import { allOf, anyOf, equals, type SearchFilter } from '../directory/filter/search-filter.js';
import { readEntries } from '../directory/read-entries.js';
import { identifyEntry } from '../mapping/ldap-identity.js';
import { mapEntry, toRequestedAttributes } from '../mapping/map-entry.js';
import { toShownParams } from './shown-text.js';
import type { AskedPeople } from './asked-settings.js';
import { toPersonReason, type PersonReason, type PersonReport } from './settings-report.js';

/** Where the name of a person may stand. */
const NAMES = ['uid', 'sAMAccountName', 'userPrincipalName', 'cn', 'displayName', 'mail'];
const MAX_DN = 1_000;

type Verdict = Pick<PersonReport, 'isFound' | keyof PersonReason> & {
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
      ...toPersonReason(toFinding('person-several', { fields: fields.join(', '), setting })),
    };
  if (found[0]) return { entries: found, ...judgeEntry(found[0], asked) };
  const unfiltered = await read(asked, named);
  if (unfiltered.length > 0)
    return {
      entries: unfiltered,
      isFound: false,
      ...toPersonReason(toFinding('person-filtered', {})),
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
      ...toPersonReason(
        toFinding('person-by-another-name', { fields: fields.join(', '), setting, other: by }),
      ),
    };
  return nowhere(fields);
}

function nowhere(fields: readonly string[]): Verdict {
  const looked = [...new Set([...fields, ...NAMES])];
  return {
    entries: [],
    isFound: false,
    ...toPersonReason(toFinding('person-nowhere', { fields: looked.join(', ') })),
  };
}

/** A person who is found and still does not become a user. */
function judgeEntry(entry: DirectoryEntry, { settings: { mapping } }: AskedPeople): Omit<Verdict, 'entries'> {
  const identity = identifyEntry(entry, mapping.idAttributes);
  if (!identity) return { isFound: true, ...toPersonReason(toFinding('person-without-id', {})) };
  const mapped = mapEntry(entry, identity, mapping);
  if (!('rejection' in mapped)) return { isFound: true };
  const { params, ...advice } = toAdvice(mapped.rejection);
  return { isFound: true, ...advice, params: toShownParams(params) };
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
