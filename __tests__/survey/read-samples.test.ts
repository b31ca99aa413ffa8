import { present } from '../../lib/directory/filter/search-filter.js';
import { toExpiry } from '../../lib/probe/sections/account-entry.js';
import { readSamples } from '../../lib/survey/read-samples.js';
import { toEntry } from '../setup/entries.js';
import { createMemoryDirectory } from '../setup/memory-directory.js';

const NEVER = '9223372036854775807';

describe('samples of a directory', () => {
  it('keep few and short values, and say what is left out', async () => {
    const values = Array.from({ length: 60 }, (_, number) => `v${number}`);
    const entry = toEntry('cn=a,dc=x', { cn: ['short', 'x'.repeat(2_000)], mail: values });
    const query = {
      baseDN: 'dc=x',
      scope: 'sub',
      filter: present('cn'),
      attributes: ['cn', 'mail'],
    } as const;
    const { signal } = new AbortController();
    const directory = createMemoryDirectory([entry, entry, entry]);
    const read = await readSamples(directory, { ...query, pageSize: 0, sizeLimit: 2 }, { signal });
    expect(read.entries).toHaveLength(2);
    const [{ attributes } = entry] = read.entries;
    expect(attributes.get('cn')).toMatchObject({ droppedBytes: 2_000, values: [Buffer.from('short')] });
    expect(attributes.get('mail')?.values).toHaveLength(50);
    expect(attributes.get('mail')?.droppedValues).toBe(10);
  });
});

describe('the end of the password of the service account', () => {
  it.each<[string, Parameters<typeof toEntry>[1], string | undefined]>([
    [
      'Active Directory',
      { 'msDS-UserPasswordExpiryTimeComputed': '134080704000000000' },
      '2025-11-20T00:00:00.000Z',
    ],
    ['Active Directory: never', { 'msDS-UserPasswordExpiryTimeComputed': NEVER }, undefined],
    ['Active Directory: must be changed', { 'msDS-UserPasswordExpiryTimeComputed': '0' }, undefined],
    ['389-DS', { passwordExpirationTime: '20270102030405Z' }, '2027-01-02T03:04:05.000Z'],
    [
      'the earliest of two',
      { krbPasswordExpiration: '20280101000000Z', pwdEndTime: '20270101000000Z' },
      '2027-01-01T00:00:00.000Z',
    ],
    ['nothing that is a time', { passwordExpirationTime: 'tomorrow' }, undefined],
    ['nothing', {}, undefined],
  ])('is read of %s', (_, attributes, expected) => {
    expect(toExpiry(toEntry('cn=a', attributes))?.toISOString()).toBe(expected);
  });
});
