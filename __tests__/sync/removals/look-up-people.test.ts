import type { Directory, DirectoryEntry, SearchQuery, SweepEnd } from '../../../lib/directory/directory.js';
import { present } from '../../../lib/directory/filter/search-filter.js';
import { lookUpPeople } from '../../../lib/sync/removals/look-up-people.js';
import { toEntry } from '../../setup/entries.js';

const SEARCH = {
  baseDN: 'ou=people,dc=x',
  scope: 'sub',
  filter: present('uid'),
  pageSize: 100,
  sizeLimit: 0,
} as const;
const ADA = { id: Buffer.from('a1').toString('hex'), idAttribute: 'entryUUID' };

/** Answers each search as told; the port is all there is to it. */
function directory(
  answer: (query: SearchQuery) => { entries?: DirectoryEntry[]; end?: SweepEnd },
): Directory & { queries: SearchQuery[] } {
  const queries: SearchQuery[] = [];
  return {
    queries,
    describeServer: () => Promise.reject(new Error('not asked for')),
    whoAmI: () => Promise.reject(new Error('not asked for')),
    close: () => undefined,
    async *sweep(query) {
      queries.push(query);
      const { entries = [], end = { complete: true } } = answer(query);
      if (entries.length > 0) yield entries;
      return end;
    },
  };
}

const signal = new AbortController().signal;
const entry = toEntry('uid=ada,ou=people,dc=x', { entryUUID: 'a1' });

it('somebody whom the same search shows now is present', async () => {
  const found = await lookUpPeople(
    [ADA],
    directory(() => ({ entries: [entry] })),
    { search: SEARCH, attributes: ['mail'], signal },
  );
  expect(found.get(ADA.id)).toEqual({ kind: 'present', dn: entry.dn, entry });
});

it('an entry with another id is not the one that was looked for', async () => {
  const other = toEntry('uid=bob,dc=x', { entryUUID: 'b2' });
  const found = await lookUpPeople(
    [ADA],
    directory(() => ({ entries: [other] })),
    { search: SEARCH, attributes: ['mail'], signal },
  );
  expect(found.get(ADA.id)).toEqual({ kind: 'gone' });
});

it('a look-up that was cut off proves nothing: it rejects', async () => {
  const cut: SweepEnd = { complete: false, reason: 'size-limit', message: 'cut', remedy: 'r' };
  await expect(
    lookUpPeople(
      [ADA],
      directory(() => ({ end: cut })),
      { search: SEARCH, attributes: ['mail'], signal },
    ),
  ).rejects.toMatchObject({ code: 'directory-search' });
});

it('many people cost few searches', async () => {
  const people = Array.from({ length: 500 }, (_, index) => ({
    id: Buffer.from(String(index)).toString('hex'),
    idAttribute: 'entryUUID',
  }));
  const asked = directory(() => ({}));
  await lookUpPeople(people, asked, { search: SEARCH, attributes: ['mail'], signal });
  expect(asked.queries.length).toBeLessThanOrEqual(21);
});

it('nobody missing costs no search', async () => {
  const asked = directory(() => ({}));
  await lookUpPeople([], asked, { search: SEARCH, attributes: ['mail'], signal });
  expect(asked.queries).toEqual([]);
});
