import { toBatches } from '../batches.js';
import type { Directory, DirectoryEntry } from '../directory/directory.js';
import { anyOf, type SearchFilter } from '../directory/filter/search-filter.js';
import type {
  GroupForm,
  GroupPerson,
  GroupReading,
  MembershipQuestion,
  PersonMemberships,
} from '../directory/groups.js';
import { mapValues } from './filter-parts.js';
import { textsOf } from './group-node.js';
import { fillGroupName, fillPerson } from './group-template.js';
import { toComparedName } from './member-key.js';
import { sweep, type Failure, type GroupSearch } from './read-groups.js';

/** A question that has to be asked of each person. */
export type EachPersonQuestion = MembershipQuestion & {
  readonly form: GroupForm & { readonly kind: 'each-person' };
};

/** What was found so far, person by person. */
interface EachPersonGroups {
  reading(group: string): GroupReading;
  /** Rejects with `LdapSyncError` when the connection fails. */
  answer(person: GroupPerson): Promise<PersonMemberships>;
  readonly failure: Failure | undefined;
}

/** How such a question is searched for, on a connection that may be asked at any time. */
type EachPersonSearch = Omit<GroupSearch, 'directory'> & { readonly open: () => Promise<Directory> };

const BATCH = 50;
/** More groups than anybody is in. */
const MAX_GROUPS = 10_000;

export function createEachPerson(question: EachPersonQuestion, search: EachPersonSearch): EachPersonGroups {
  const { form, groups } = question;
  const byKey = new Map(groups.map((group) => [toComparedName(group), group]));
  /** Somebody was found in it, so it is there, and shows its members. */
  const shown = new Map<string, Set<string>>();
  let failure: Failure | undefined;

  /** Searches for groups of one person; `only`: the one that it can be. */
  async function find(filter: SearchFilter, only: string | undefined, found: Set<string>): Promise<boolean> {
    let entries = 0;
    const { baseDN, scope } = question;
    const query = {
      baseDN,
      scope,
      filter,
      attributes: form.nameAttributes,
      pageSize: 0,
      sizeLimit: MAX_GROUPS,
    };
    const failed = await sweep(query, { ...search, directory: await search.open() }, (entry) => {
      entries += 1;
      for (const group of only === undefined ? namesOf(entry) : [only]) {
        found.add(group);
        const dns = shown.get(group) ?? new Set<string>();
        if (dns.size < 10) shown.set(group, dns.add(entry.dn));
      }
    });
    failure ??= failed;
    return failed === undefined && entries < MAX_GROUPS;
  }

  /** Those of the asked groups that the entry is. */
  function namesOf(entry: DirectoryEntry): readonly string[] {
    const texts = form.nameAttributes
      .map((attribute) => textsOf(entry, attribute))
      .find(({ length }) => length > 0);
    return (texts ?? []).flatMap((text) => {
      const group = byKey.get(toComparedName(text));
      // A name that a search was not for is compared as it is, as Rocket.Chat does.
      return group !== undefined && (asksByName(form) || group === text) ? [group] : [];
    });
  }

  return {
    reading: (group) => ({
      state: failure ? 'unread' : shown.has(group) ? 'read' : 'empty',
      dns: [...(shown.get(group) ?? [])],
    }),
    get failure() {
      return failure;
    },
    async answer(person) {
      const found = new Set<string>();
      let isWhole = true;
      for (const { filter, only } of toSearches(question, person))
        isWhole = (await find(filter, only, found)) && isWhole;
      const isAsked = isWhole && hasNames(form.filter, person);
      return (group) => {
        if (found.has(group)) return 'member';
        // A group without any member so far may not exist at all.
        return isAsked && shown.has(group) ? 'not-member' : 'unknown';
      };
    },
  };
}

interface PersonSearch {
  readonly filter: SearchFilter;
  readonly only: string | undefined;
}

/**
 * The searches for one person: values go into the parsed filter, where they cannot be anything but values.
 */
function* toSearches({ form, groups }: EachPersonQuestion, person: GroupPerson): Generator<PersonSearch> {
  for (const filter of toPersonFilters(form.filter, person)) {
    const toGroup = (group: string): SearchFilter => mapValues(filter, (text) => fillGroupName(text, group));
    if (!asksByName(form)) yield { filter, only: undefined };
    else if (form.nameAttributes.length === 0)
      for (const group of groups) yield { filter: toGroup(group), only: group };
    else
      for (const batch of toBatches([...groups], BATCH))
        yield { filter: anyOf(batch.map(toGroup)), only: undefined };
  }
}

/** Whether the filter has the name of a group in it. */
function asksByName({ filter }: EachPersonQuestion['form']): boolean {
  return isUsing(filter, '#{groupName}');
}

function isUsing(filter: SearchFilter, placeholder: string): boolean {
  let isUsed = false;
  mapValues(filter, (text) => {
    isUsed ||= text.includes(placeholder);
    return text;
  });
  return isUsed;
}

function hasNames(filter: SearchFilter, { usernames }: GroupPerson): boolean {
  return usernames.length > 0 || !isUsing(filter, '#{username}');
}

/** One filter for each user name of the person. */
function toPersonFilters(filter: SearchFilter, person: GroupPerson): readonly SearchFilter[] {
  if (!hasNames(filter, person)) return [];
  const usernames = isUsing(filter, '#{username}') ? person.usernames : [''];
  return usernames.map((username) =>
    mapValues(filter, (text) => fillPerson(text, { ...person, usernames: [username] })[0] ?? text),
  );
}
