import { many, toPerson, useHistories } from '../setup/histories.js';

const { collection, sync, user } = useHistories();

const LIST = 'LDAP_User_Search_AttributesToQuery';
const NAMES = 'uid,cn,mail,entryUUID';
const CUSTOM = {
  LDAP_Sync_Custom_Fields: true,
  LDAP_CustomFieldMap: '{"ou":"team"}',
  Accounts_CustomFields: '{"team":{}}',
};
const VALUES = { telephoneNumber: '42', ou: 'Math', displayName: 'Ada Lovelace', mail: 'ada@work.org' };
const PEOPLE = [
  toPerson('ada', VALUES),
  ...many(3, (index) => ({ ou: 'Math', telephoneNumber: `${index}` })),
];
const NAMED = { ...CUSTOM, LDAP_Name_Field: 'displayName,cn' };

it('nothing of what may not be read is lost, and every part of it is told', async () => {
  await sync(PEOPLE, NAMED);
  const before = await user('ada');
  expect(before).toMatchObject({ name: 'Ada Lovelace', sipExtension: '42', customFields: { team: 'Math' } });
  const run = await sync(PEOPLE, { ...NAMED, [LIST]: `${NAMES},loginDisabled` });
  expect(run).toMatchObject({ state: 'completed', counts: { unchanged: 4 } });
  expect(run.problems).toHaveLength(3);
  expect(run.problems.map(({ message }) => /leaves out (\w+)/.exec(message)?.[1])).toEqual([
    'displayName',
    'telephoneNumber',
    'ou',
  ]);
  expect(await user('ada')).toEqual(before);
});

it('addresses that may not be read stay, where others would be built in their place', async () => {
  const domain = { LDAP_Default_Domain: 'x.org' };
  await sync(PEOPLE, domain);
  const list = { [LIST]: 'uid,cn,entryUUID,loginDisabled' };
  const run = await sync([...PEOPLE, toPerson('new')], { ...domain, ...list });
  expect(run).toMatchObject({ state: 'completed', counts: { unchanged: 4, created: 1 } });
  expect(await user('ada')).toMatchObject({ emails: [{ address: 'ada@work.org' }] });
  expect(await user('new')).toMatchObject({ emails: [{ address: 'new@x.org' }] });
});

it('user names that may be others stay', async () => {
  const settings = { LDAP_Username_Field: 'login,uid' };
  const people = many(3, (index) => ({ login: `login${index}` }));
  await sync(people, settings);
  expect(await sync(people, { ...settings, [LIST]: `${NAMES},loginDisabled` })).toMatchObject({
    state: 'completed',
    counts: { unchanged: 3 },
  });
  expect(await user('login1')).not.toBeNull();
});

it('where nothing may be read of who is disabled, nobody is switched off or on, and a newcomer waits', async () => {
  const both = { LDAP_Sync_User_Active_State: 'both' };
  await sync([toPerson('off', { loginDisabled: 'TRUE' }), ...PEOPLE], both);
  const disabled = [
    toPerson('off'),
    toPerson('ada', { ...VALUES, loginDisabled: 'TRUE' }),
    ...PEOPLE.slice(1),
  ];
  const run = await sync([...disabled, toPerson('new')], { ...both, [LIST]: `${NAMES},telephoneNumber` });
  expect(run).toMatchObject({ counts: { unchanged: 5, created: 1, deactivated: 0, reactivated: 0 } });
  expect(run.problems).toMatchObject([
    { message: expect.stringContaining('Whether somebody is disabled cannot be seen in 6 of 6 entries') },
  ]);
  expect(await user('new')).toMatchObject({ active: false, inactiveReason: 'pending_approval' });
  expect(await collection('users').countDocuments({ active: true })).toBe(4);
});

it('a run that could not name people writes nobody', async () => {
  const run = await sync(PEOPLE, { [LIST]: 'mail,cn,entryUUID' });
  expect([run.state, await collection('users').countDocuments({})]).toEqual(['failed', 0]);
  expect(run.problems).toMatchObject([
    { setting: LIST, remedy: expect.stringContaining('Add uid') },
    { setting: LIST },
  ]);
});
