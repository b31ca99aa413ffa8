import { mapEntry } from '../../lib/mapping/map-entry.js';
import { many, toPerson, useHistories } from '../setup/histories.js';
import { toEntry } from '../setup/entries.js';
import { toSyncSettings } from '../setup/sync-settings.js';

const { collection, engine, sync } = useHistories();

const settingsFor = (output: object) => ({
  LDAP_DataSync_UseVariables: true,
  LDAP_DataSync_VariableMap: JSON.stringify({ called: { input: 'description', output } }),
  LDAP_Name_Field: 'called,cn',
});
const replace = (pattern: string) => ({
  operation: 'replace',
  pattern,
  regex: true,
  all: true,
  replacement: '-',
});

const map = (output: object, description: string | readonly string[]) =>
  mapEntry(
    toEntry('cn=a', { uid: 'a', mail: 'a@x.org', cn: 'A', description }),
    { id: '00', idAttribute: 'entryUUID' },
    toSyncSettings(settingsFor(output)).mapping,
  );

/** JavaScript's own engine would be at it for longer than the universe is old. */
describe('a pattern for which other engines take forever ends', () => {
  it.each(['(a+)+$', '(a|aa)+$', '(a|b?)+c$', '^(([a-z])+.)+[A-Z]([a-z])+$', '(.*)*b', '(?:a?){100}b'])(
    '%s',
    (pattern) => {
      const text = `${'a'.repeat(4_000)}!`;
      const mapped = map(
        { operation: 'match', pattern, regex: true, valueIfTrue: 'yes', valueIfFalse: 'no' },
        text,
      );
      expect(mapped).toMatchObject({ person: { name: 'no' } });
    },
  );

  it('also where every character is looked for anew, and in many values: the person is a row', () => {
    for (const text of ['a'.repeat(4_000), Array.from({ length: 60 }, (_, n) => `${n}${'a'.repeat(4_000)}`)])
      expect(map(replace('.*b|a'), text)).toMatchObject({
        rejection: {
          code: 'variable-failed',
          params: { variable: 'called', operation: 'replace' },
          reason: expect.stringContaining('takes too much work'),
        },
      });
  });
});

it('whoever cannot be mapped because of a variable is seen, is not missing, and is switched off when disabled', async () => {
  const settings = { ...settingsFor(replace('.*b|a')), LDAP_Background_Sync_Disable_Missing_Users: true };
  await sync([toPerson('eve'), toPerson('bob'), ...many(5)], settings);
  const description = 'a'.repeat(4_000);
  const people = [
    toPerson('eve', { description }),
    toPerson('bob', { description, loginDisabled: 'TRUE' }),
    ...many(5),
  ];
  const run = await sync(people, settings);
  expect(run.counts).toMatchObject({ read: 7, rejected: 1, deactivated: 1 });
  expect(run.attention.filter(({ code }) => code === 'variable-failed')).toHaveLength(2);
  const off = await collection('users').find({ active: false }).toArray();
  expect(off.map(({ username }) => username as string)).toEqual(['bob']);
});

it('an attribute that holds a password never gets into a variable, however it is named', async () => {
  const settings = {
    LDAP_DataSync_UseVariables: true,
    LDAP_DataSync_VariableMap: JSON.stringify({
      called: { input: '#{userPassword;x-a}' },
      userPassword: { input: 'uid' },
    }),
    LDAP_Name_Field: 'called',
  };
  const run = await engine(many(1), settings).sync();
  expect([run.state, run.problems.length, await collection('users').countDocuments({})]).toEqual([
    'failed',
    2,
    0,
  ]);
});
