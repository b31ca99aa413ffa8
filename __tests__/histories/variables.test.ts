import { GROUP_FILTER, toChatGroup } from '../setup/group-filter.js';
import { many, toPerson, useHistories } from '../setup/histories.js';

const { previewThenRun, sync, user } = useHistories();

const settingsFor = (map: object, settings: object = {}) => ({
  LDAP_DataSync_UseVariables: true,
  LDAP_DataSync_VariableMap: JSON.stringify(map),
  ...settings,
});
const LOGIN = settingsFor(
  { log_in: { input: 'mail', output: { operation: 'split', pattern: '@' } } },
  { LDAP_Username_Field: 'log_in', LDAP_Name_Field: '#{cn} (#{log_in})' },
);
const people = () => many(4, (index) => ({ uid: `other${index}`, mail: `login${index}@x.org` }));

it('people are called by variables, a preview shows it, and a second run changes nobody', async () => {
  expect(await previewThenRun(people(), LOGIN)).toMatchObject({ counts: { created: 4 }, problems: [] });
  expect(await user('login2')).toMatchObject({ name: 'Somebody (login2)' });
  expect((await sync(people(), LOGIN)).counts).toMatchObject({ unchanged: 4, updated: 0 });
});

it('who gets another name by a variable is renamed like anybody else, within the limits', async () => {
  await sync(people());
  const run = await sync(people(), { ...LOGIN, LDAP_Guard_Always_Allowed: 1 });
  expect(run).toMatchObject({ state: 'held', held: { renames: 4 } });
});

it('a run whose variables are computed of what nobody has writes nobody', async () => {
  const settings = settingsFor({ log_in: { input: 'mial' } }, { LDAP_Username_Field: 'log_in' });
  const run = await sync(people(), settings);
  expect(run).toMatchObject({ state: 'failed', counts: { created: 0 } });
  expect(run.problems).toMatchObject([
    {
      setting: 'LDAP_Username_Field',
      message: expect.stringContaining('by a variable'),
      remedy: expect.stringContaining('Put "mail" into LDAP_DataSync_VariableMap instead of "mial"'),
    },
  ]);
});

it('a variable that fails for one person rejects that person alone', async () => {
  const entries = [...people(), toPerson('odd', { mail: Buffer.from([0xff, 0xfe]) })];
  const run = await sync(entries, LOGIN);
  expect(run.counts).toMatchObject({ created: 4, rejected: 1 });
  expect(run.attention).toMatchObject([
    { code: 'variable-failed', params: { variable: 'log_in', operation: 'split' }, outcome: 'rejected' },
  ]);
});

describe('a group that lists people by the name that a variable makes', () => {
  const BY_NAME = {
    ...LOGIN,
    ...GROUP_FILTER,
    LDAP_Group_Filter_Group_Member_Attribute: 'memberUid',
    LDAP_Group_Filter_Group_Member_Format: '#{username}',
  };
  const toGroup = (...memberUid: string[]) => toChatGroup([], { values: { memberUid } });

  it('has them, and whoever leaves it is switched off', async () => {
    const entries = [...people(), toGroup('login0', 'login1', 'login2')];
    expect((await previewThenRun(entries, BY_NAME)).counts).toMatchObject({ created: 3, rejected: 0 });
    const left = await previewThenRun([...people(), toGroup('login0', 'login1')], BY_NAME);
    expect(left).toMatchObject({ state: 'completed', counts: { deactivated: 1 } });
    expect(await user('login2')).toMatchObject({ active: false });
  });

  it('has nobody by an attribute whose place the variable takes', async () => {
    const settings = {
      ...BY_NAME,
      ...settingsFor(
        { uid: { input: 'mail', output: { operation: 'split', pattern: '@' } } },
        { LDAP_Username_Field: 'uid', LDAP_Name_Field: 'cn' },
      ),
    };
    const run = await sync([...people(), toGroup('login0', 'other1')], settings);
    expect(run.counts).toMatchObject({ created: 1, rejected: 0 });
    expect(await user('login0')).toMatchObject({ active: true });
  });
});
