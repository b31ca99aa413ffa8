import { toFinding } from '../findings/finding.js';
import type { Directory } from '../directory/directory.js';
import { anyOf, allOf, equals, type SearchFilter } from '../directory/filter/search-filter.js';
import { nameAliases } from '../directory/name-aliases.js';
import type { SettingProblem } from '../settings/settings.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { toTested } from './filter-attributes.js';
import { findAlike } from './likeness.js';
import { tryToReadShown, type Shown } from './shown-attributes.js';
import { tellLack } from './tell-lack.js';

/** Who is taken for a person, whatever the settings say. */
const PEOPLE = anyOf(
  ['person', 'posixAccount', 'account', 'user'].map((name) => equals('objectClass', name)),
);

/** Says which setting hides the people under a base where nobody was found; `undefined`: there are none. */
export async function explainNobody(
  directory: Directory,
  settings: Pick<SyncSettings, 'search' | 'address' | 'survey'>,
  signal: AbortSignal,
): Promise<SettingProblem | undefined> {
  return (await nameAliases(directory, settings, signal)) ?? explainHidden(directory, settings, signal);
}

async function explainHidden(
  directory: Directory,
  { search, survey: { userFilter, named } }: Pick<SyncSettings, 'search' | 'survey'>,
  signal: AbortSignal,
): Promise<SettingProblem | undefined> {
  const read = (filter: SearchFilter): Promise<Shown> => {
    const { baseDN, scope, pageSize } = search;
    return tryToReadShown(directory, { query: { baseDN, scope, pageSize, filter }, signal });
  };
  const filtered = await read(allOf([userFilter, PEOPLE]));
  const fields = named.find(({ part }) => part === 'search');
  if (filtered.entries > 0 && fields)
    return tellLack(
      { named: fields, missing: fields.attributes },
      { entries: filtered.entries, shown: filtered },
    );
  const all = await read(PEOPLE);
  return all.entries > 0 ? toFilterProblem(userFilter, all) : undefined;
}

function toFilterProblem(filter: SearchFilter, { entries, names }: Shown): SettingProblem {
  const known = new Set(['objectclass', ...names.map((name) => name.toLowerCase())]);
  const unknown = toTested(filter).filter((name) => !known.has(name.toLowerCase()));
  const meant = unknown.flatMap((name) => findAlike(name, ['objectClass', ...names]) ?? []);
  const told = unknown.slice(0, 5).map((name) => JSON.stringify(name.slice(0, 60)));
  const values = {
    count: entries,
    unknown: told.length > 0 ? told.join(', ') : undefined,
    everybody: JSON.stringify('(objectClass=*)'),
  };
  const finding =
    meant.length > 0
      ? toFinding('filter-misspelt', { ...values, meant: meant.slice(0, 5).join(', ') })
      : toFinding('filter-finds-nobody', values);
  return { setting: 'LDAP_User_Search_Filter', ...finding };
}
