import type { AttentionRow } from '../../models/run-report.js';
import { createMongoUserStore } from '../../lib/sync/users/mongo-user-store.js';
import { ownersOf } from '../../lib/sync/plan/name-owners.js';
import { findMergeObstacles } from '../../lib/sync/plan/merge-obstacles.js';
import { many, toPerson, useHistories, type Entries, type Settings } from '../setup/histories.js';

const { before, beforeReread, collection, database, previewThenRun, sync, user } = useHistories();

const MERGING = { LDAP_Merge_Existing_Users: true };
const ADA = toPerson('ada');

/** An account of the host that may be merged with `ada`. */
const ACCOUNT = {
  _id: 'account',
  username: 'ada',
  name: 'Somebody',
  type: 'user',
  active: true,
  roles: ['user'],
  emails: [{ address: 'ada@x.org', verified: true }],
  services: {
    password: { bcrypt: 'a-hash' },
    resume: { loginTokens: [{ hashedToken: 'a-token', when: new Date(0) }] },
  },
} as const;

const insert = (changes: object) =>
  collection('users').insertOne({ ...ACCOUNT, ...changes } as never, { ignoreUndefined: true });
const stored = async (id = 'account') => collection('users').findOne({ _id: id as never });

/** The account stays as it is, byte for byte, and the row that says why. */
async function refuse(
  account: object,
  entries: Entries = [ADA],
  settings: Settings = {},
): Promise<AttentionRow> {
  await insert(account);
  const before = await stored();
  const report = await previewThenRun(entries, { ...MERGING, ...settings });
  expect(report.counts).toMatchObject({ linked: 0, conflicted: 1 });
  expect(await stored()).toEqual(before);
  expect(report.attention).toHaveLength(1);
  return report.attention[0]!;
}

describe('an administrator is never taken over', () => {
  it.each([
    ['by name', { emails: [{ address: 'root@x.org', verified: true }] }],
    ['by the verified address', { username: 'root' }],
    ['by name and verified address', {}],
    [
      'by the verified address in another case',
      { username: 'Root', emails: [{ address: 'ADA@X.org', verified: true }] },
    ],
  ])('%s', async (_, changes) => {
    const row = await refuse({ roles: ['user', 'admin'], ...changes });
    expect(row.reason).toContain('id account');
    expect(row.reason).toContain('the role admin');
    expect(row.remedy).toContain('ldap.approveRun');
  });

  it('who is switched off is not switched on by "both" or "enable"', async () => {
    for (const LDAP_Sync_User_Active_State of ['both', 'enable']) {
      const row = await refuse({ roles: ['admin'], active: false }, [ADA], { LDAP_Sync_User_Active_State });
      expect(row.reason).toMatch(/role admin.*switched off/);
      await collection('users').deleteMany({});
    }
  });

  it('though the setting gives the role to every new user', async () => {
    await refuse({ roles: ['user', 'admin'] }, [ADA], {
      Accounts_Registration_AuthenticationServices_Default_Roles: 'user,admin',
    });
  });
});

describe('somebody who was there before the victim does not become the victim', () => {
  it.each([
    [
      'with their address, unverified',
      { username: 'mallory', emails: [{ address: 'ada@x.org', verified: false }] },
    ],
    ['with their address, half verified', { emails: [{ address: 'ada@x.org', verified: 1 }] }],
    ['with their user name and another address', { emails: [{ address: 'mallory@x.org', verified: true }] }],
    ['with their user name and no address', { emails: [] }],
    ['with their user name in another case', { username: 'Ada', emails: [] }],
    [
      'with their address twice, once of them verified',
      {
        emails: [
          { address: 'ada@x.org', verified: true },
          { address: 'Ada@x.org', verified: false },
        ],
      },
    ],
    [
      'signed in through another service, whose word for the address nobody knows',
      { services: { github: { id: 7 } } },
    ],
    ['with another role', { roles: ['user', 'livechat-agent'] }],
    ['without roles', { roles: undefined }],
    ['with an empty list of roles', { roles: [] }],
    ['as a bot', { type: 'bot' }],
    ['as an app', { type: 'app' }],
    ['as nobody in particular', { type: undefined }],
    ['from another server', { federated: true }],
    ['half switched on', { active: null }],
    ['linked to something before', { services: { ldap: {} } }],
  ])('%s', async (_, changes) => {
    const { reason, remedy } = await refuse(changes);
    expect(reason).toMatch(/\(\w+, id account\)\. It is not connected with the entry: \w/);
    expect(remedy).not.toBe('');
  });

  it('by an address that is only made of the user name', async () => {
    const noMail = toPerson('ada', { mail: [] });
    expect((await refuse({}, [noMail], { LDAP_Default_Domain: 'x.org' })).reason).toContain(
      'made of the user name',
    );
  });

  it('when one has the name and another the verified address', async () => {
    await collection('users').insertOne({ ...ACCOUNT, _id: 'named', emails: [] } as never);
    const { reason } = await refuse({ username: 'countess' });
    expect(reason).toMatch(
      /several accounts: the user name ada to ada, id named, the address .* to countess, id account/,
    );
  });

  it('when the addresses of the entry are those of several', async () => {
    await collection('users').insertOne({
      ...ACCOUNT,
      _id: 'other',
      username: 'other',
      emails: [{ address: 'second@x.org', verified: true }],
    } as never);
    const entry = toPerson('ada', { mail: ['ada@x.org', 'second@x.org'] });
    expect((await refuse({}, [entry])).reason).toContain('several accounts');
  });
});

describe('an account that proved the address and has no more rights than a new one', () => {
  it.each([
    ['with the same user name', {}],
    ['with another user name', { username: 'countess' }],
    [
      'with the address as its second',
      { emails: [{ address: 'b@x.org', verified: false }, ...ACCOUNT.emails] },
    ],
    ['whose active is absent', { active: undefined }],
  ])('is linked: %s', async (_, changes) => {
    const { active, ...account } = { ...ACCOUNT, ...changes };
    await collection('users').insertOne({ ...account, ...(active === undefined ? {} : { active }) } as never);
    expect((await previewThenRun([ADA], MERGING)).counts).toMatchObject({ linked: 1, conflicted: 0 });
    expect(await stored()).toMatchObject({ ldap: true, roles: ['user'], services: ACCOUNT.services });
  });

  it('is linked with the roles that every new user gets, of either setting', async () => {
    await insert({ roles: ['user', 'a', 'b'] });
    const settings = {
      ...MERGING,
      Accounts_Registration_AuthenticationServices_Default_Roles: 'a',
      Accounts_Registration_Users_Default_Roles: 'user, b',
    };
    expect((await previewThenRun([ADA, ...many(1)], settings)).counts).toMatchObject({
      linked: 1,
      created: 1,
    });
    expect((await user('p0'))?.roles).toEqual(['a', 'user', 'b']);
  });

  it('is linked by hand where the row said so, whatever stood against it', async () => {
    const { remedy } = await refuse({ roles: ['admin'] }, [ADA], { LDAP_Merge_Existing_Users: false });
    const [, id, idAttribute] = /services\.ldap of account: \{ id: "(\w+)", idAttribute: "(\w+)" \}/.exec(
      remedy,
    )!;
    await collection('users').updateOne(
      { _id: 'account' as never },
      { $set: { 'services.ldap': { id, idAttribute } } },
    );
    expect((await sync([ADA])).counts).toMatchObject({ read: 1, updated: 1, conflicted: 0 });
  });
});

const MOMENTS: readonly (readonly [string, (act: () => Promise<unknown>) => void])[] = [
  ['before the transaction reads it', beforeReread],
  ['after the transaction has read it', (act) => before({ collection: 'users', method: 'bulkWrite' }, act)],
];

describe.each(MOMENTS)('an account that changes between the look and the write, %s', (_moment, at) => {
  it.each([
    ['becomes an administrator', { roles: ['user', 'admin'] }],
    ['is switched off', { active: false }],
    ['loses the proof of the address', { emails: [{ address: 'ada@x.org', verified: false }] }],
    ['is linked to another entry', { services: { ldap: { id: '62' } } }],
    ['becomes a bot', { type: 'bot' }],
  ])('is not linked when it %s', async (_, changes) => {
    await insert({});
    at(() => collection('users').updateOne({ _id: 'account' as never }, { $set: changes }));
    expect(await sync([ADA], MERGING)).toMatchObject({
      state: 'completed',
      counts: { read: 1, linked: 0, conflicted: 1 },
      attention: [{ userId: 'account', code: 'changed-meanwhile' }],
    });
    expect(await stored()).toEqual({ ...ACCOUNT, ...changes });
  });

  it('is linked when only something else of it did, which stays', async () => {
    await insert({});
    const changes = { customFields: { team: 'x' }, _updatedAt: new Date(5) };
    at(() => collection('users').updateOne({ _id: 'account' as never }, { $set: changes }));
    expect((await sync([ADA], MERGING)).counts).toMatchObject({ linked: 1, conflicted: 0 });
    expect(await stored()).toMatchObject({
      customFields: { team: 'x' },
      services: { ldap: { id: Buffer.from('id-ada').toString('hex') } },
    });
  });
});

it('what is looked at when a page is planned and inside the transaction is the same', async () => {
  const variants: object[] = [
    {},
    { type: 'bot' },
    { type: undefined },
    { roles: ['admin'] },
    { roles: [] },
    { roles: 'user' },
    { roles: null },
    { active: null },
    { active: false },
    { active: 'true' },
    { federated: true },
    { services: { ldap: {} } },
    { services: { github: { id: 7 } } },
    { emails: [] },
    { emails: [{ address: 'ada@x.org', verified: 'true' }] },
    { emails: [...ACCOUNT.emails, { address: 'ada@x.org', verified: false }] },
  ];
  const ids = variants.map((_, index) => `v${index}`);
  await collection('users').insertMany(
    variants.map((changes, index) => ({
      ...ACCOUNT,
      username: ids[index],
      ...changes,
      _id: ids[index],
    })) as never[],
    { ignoreUndefined: true },
  );
  const users = createMongoUserStore(database().connection);
  const { usernames } = await users.findNameOwners(ids, []);
  const planned = ids.flatMap((id) => ownersOf(usernames, id));
  expect(await users.findOwnersById(ids)).toEqual(new Map(planned.map((owner) => [owner._id, owner])));
  const terms = { address: 'ada@x.org', defaultRoles: ['user', 'admin'] };
  const free = planned.filter((owner) => findMergeObstacles(owner, terms).length === 0);
  expect(free.map(({ _id }) => _id)).toEqual(['v0']);
});
