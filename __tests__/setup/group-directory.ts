import type { Directory, DirectoryEntry, SearchQuery } from '../../lib/directory/directory.js';
import type {
  GroupPerson,
  Membership,
  Memberships,
  MembershipQuestion,
  PersonMemberships,
} from '../../lib/directory/groups.js';
import type { GroupStrategy } from '../../lib/groups/group-strategy.js';
import { createLdapGroups } from '../../lib/groups/ldap-groups.js';
import { parseMembershipFilter } from '../../lib/groups/parse-membership-filter.js';
import { toEntry } from './entries.js';
import { createMemoryDirectory } from './memory-directory.js';

export const GROUPS = 'ou=groups,dc=x';
export const PEOPLE = 'ou=people,dc=x';

export const toGroup = (
  name: string,
  values: Readonly<Record<string, string | Buffer | readonly string[]>>,
  base = GROUPS,
): DirectoryEntry => toEntry(`cn=${name},${base}`, { cn: name, ...values });

export const personDN = (name: string): string => `uid=${name},${PEOPLE}`;

export const toGroupPerson = (name: string, others: Partial<GroupPerson> = {}): GroupPerson => ({
  dn: personDN(name),
  usernames: [name],
  ...others,
});

const EACH_GROUP: GroupStrategy = { kind: 'each_group' };

/** A question as settings ask it. */
export function toQuestion(
  filter: string,
  groups: readonly string[],
  { strategy = EACH_GROUP, baseDN = GROUPS }: { strategy?: GroupStrategy; baseDN?: string } = {},
): MembershipQuestion {
  const parsed = parseMembershipFilter(filter, 'THE_FILTER', strategy);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const settings = { base: 'THE_BASE', filter: 'THE_FILTER', groups: 'THE_MAP' };
  return { baseDN, scope: 'sub', form: parsed.form, groups, settings };
}

/** A directory whose searches are kept. */
export function watched(inner: Directory): {
  readonly directory: Directory;
  readonly queries: SearchQuery[];
} {
  const queries: SearchQuery[] = [];
  return {
    queries,
    directory: {
      ...inner,
      sweep(query, signal) {
        queries.push(query);
        return inner.sweep(query, signal);
      },
    },
  };
}

export interface ReadOptions {
  readonly isActiveDirectory?: boolean;
  readonly pageSize?: number;
}

export function readGroupsOf(
  directory: Directory,
  questions: readonly MembershipQuestion[],
  { isActiveDirectory = false, pageSize = 2 }: ReadOptions = {},
): Promise<Memberships> {
  return createLdapGroups({
    directory,
    openBeside: () => Promise.resolve(directory),
    pageSize,
    isActiveDirectory,
    signal: new AbortController().signal,
  }).read(questions);
}

/** What one question says of people, by name and group: `{ ada: { staff: 'member' } }`. */
export async function membershipsOf(
  entries: readonly DirectoryEntry[] | Directory,
  question: MembershipQuestion,
  people: readonly GroupPerson[],
): Promise<Readonly<Record<string, Readonly<Record<string, Membership>>>>> {
  const directory = 'sweep' in entries ? entries : createMemoryDirectory(entries);
  const memberships = await readGroupsOf(directory, [question]);
  const answers = await memberships.ask(question, people);
  for (const answer of answers) assertWhole(answer, question.groups);
  return Object.fromEntries(
    people.map(({ usernames: [name = ''] }, index) => [
      name,
      Object.fromEntries(question.groups.map((group) => [group, answers[index]!(group)])),
    ]),
  );
}

/** Whoever looks only at the groups that a person may be in misses none. */
function assertWhole(answer: PersonMemberships, groups: readonly string[]): void {
  const { mayBeIn } = answer;
  const missed = groups.filter(
    (group) => mayBeIn?.includes(group) === false && answer(group) !== 'not-member',
  );
  if (missed.length > 0) throw new Error(`Missed: ${missed.join(', ')}`);
}
