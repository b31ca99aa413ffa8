import { toEvidence } from '../../findings/observation.js';
import type { DirectoryEntry, SearchQuery } from '../../directory/directory.js';
import { anyOf, equals, present, type SearchFilter } from '../../directory/filter/search-filter.js';
import { findNamingContext } from '../../directory/naming-context.js';
import { LdapSyncError } from '../../errors.js';
import { GROUP_CLASSES, MEMBER_ATTRIBUTES } from '../../survey/group-overview.js';
import { readSamples } from '../../survey/read-samples.js';
import type { RightsQuestion } from './rights-question.js';
import type { ReadRight } from './section-facts.js';

const MEMBERS = [...MEMBER_ATTRIBUTES, 'memberURL'];

/** Whether groups show their members. */
export async function toGroupRight(question: RightsQuestion): Promise<ReadRight> {
  const { directory, search, signal } = question;
  const baseDN = (await findContext(question)) ?? search.baseDN;
  const filter = anyOf(GROUP_CLASSES.map((name) => equals('objectClass', name)));
  const query = {
    ...search,
    baseDN,
    scope: 'sub',
    filter,
    attributes: [],
    namesOnly: true,
    sizeLimit: 50,
  } as const;
  const groups = await read({ directory, signal }, query);
  const names = MEMBERS.filter((name) => groups.some(({ attributes }) => attributes.has(name.toLowerCase())));
  const having = groups.filter((group) =>
    names.some((name) => group.attributes.has(name.toLowerCase())),
  ).length;
  return {
    what: 'groups',
    attributes: names,
    isReadable: groups.length > 0 && having > 0 ? true : 'unknown',
    ...(groups.length === 0
      ? toEvidence('no-group-shown', {})
      : toEvidence('members-shown', { count: having, groups: groups.length })),
  };
}

/** An Active Directory keeps deleted entries for some months, and shows them to who may see them. */
export async function toDeletedRight(question: RightsQuestion): Promise<readonly ReadRight[]> {
  if (question.kind !== 'active-directory' && question.kind !== 'samba') return [];
  const context = (await findContext(question)) ?? question.search.baseDN;
  const container = { baseDN: `CN=Deleted Objects,${context}`, filter: present('objectClass') };
  const [shown] = await read(question, { ...toDeletedQuery(container), scope: 'base' });
  const evidence = toEvidence(shown ? 'deleted-shown' : 'deleted-hidden', {});
  return [{ what: 'deleted', attributes: ['isDeleted'], isReadable: shown !== undefined, ...evidence }];
}

function toDeletedQuery({ baseDN, filter }: { readonly baseDN: string; readonly filter: SearchFilter }) {
  return {
    baseDN,
    filter,
    attributes: ['isDeleted'],
    pageSize: 0,
    sizeLimit: 1,
    showsDeleted: true,
  } as const;
}

async function findContext({ directory, search, signal }: RightsQuestion): Promise<string | undefined> {
  try {
    return await findNamingContext(directory, search.baseDN, signal);
  } catch (error) {
    if (error instanceof LdapSyncError && error.code === 'directory-search') return undefined;
    throw error;
  }
}

async function read(
  { directory, signal }: Pick<RightsQuestion, 'directory' | 'signal'>,
  query: SearchQuery,
): Promise<readonly DirectoryEntry[]> {
  return (await readSamples(directory, query, { signal })).entries;
}
