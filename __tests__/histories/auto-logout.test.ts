import { TOKENS } from '../setup/chat-rooms.js';
import { many, manyCalled, toPerson } from '../setup/histories.js';
import { ALUMNI } from '../setup/staff.js';
import { ON, useSignOuts } from '../setup/sign-outs.js';

const {
  before,
  changes,
  collection,
  engine,
  id,
  insert,
  issueTokens,
  logout,
  minutesPass,
  set,
  signedIn,
  sync,
  user,
  world,
} = useSignOuts();

const LOCKED = { nsAccountLock: 'TRUE' };
const ENTRIES = [...many(3), toPerson('ada'), toPerson('bob')];
const ADA_OFF = [...many(3), toPerson('ada', LOCKED), toPerson('bob')];
const reports = () => collection('ldap_sync_runs').find({ kind: 'auto-logout' }).toArray();
const withoutTime = (document: object | null): Readonly<Record<string, unknown>> => ({
  ...document,
  _updatedAt: undefined,
});

describe('an auto-logout', () => {
  it('ends sessions, personal access tokens and OAuth tokens of the disabled, and writes nothing else', async () => {
    await sync(ENTRIES, { LDAP_Sync_User_Active_State: 'none' });
    await issueTokens('ada', 'bob');
    const stored = withoutTime(await user('ada'));
    const run = await logout(ADA_OFF);
    expect(run).toMatchObject({
      kind: 'auto-logout',
      state: 'completed',
      signedOut: 1,
      problems: [],
      attention: [],
    });
    expect(run.counts).toMatchObject({ read: 2, updated: 1, unchanged: 1, deactivated: 0 });
    const after = withoutTime(await user('ada'));
    const services = { ...(stored['services'] as object), resume: { loginTokens: [] } };
    expect(after).toEqual({ ...stored, services });
    expect(await signedIn()).toEqual(['bob']);
    expect(await changes(run._id)).toEqual([
      {
        id: 'p-0000001-0',
        kind: 'sign-out',
        outcome: 'updated',
        state: 'done',
        userId: after['_id'],
        username: 'ada',
        name: 'Somebody',
        dn: expect.stringContaining('cn=ada,'),
        fields: [{ field: 'services.resume.loginTokens', from: { sessions: 1, personalAccessTokens: 1 } }],
        reason:
          'The person is disabled in the directory (nsAccountLock); the user was signed out, and stays on.',
      },
    ]);
  });

  it('ends what applications were granted in the same transaction, and what was issued in that moment after it', async () => {
    await sync(ENTRIES);
    await issueTokens('ada', 'bob');
    const [name] = TOKENS;
    const deleted: number[] = [];
    const deleteMany = collection(name).deleteMany.bind(collection(name));
    collection(name).deleteMany = async (...args) => {
      const result = await deleteMany(...args);
      deleted.push(result.deletedCount);
      return result;
    };
    const userId = await id('ada');
    before({ collection: 'ldap_sync_changes', method: 'insertMany' }, () =>
      insert(name, { _id: 'late', userId }),
    );
    await logout(ADA_OFF);
    expect([deleted, await signedIn()]).toEqual([[1, 1], ['bob']]);
  });

  it('finds the disabled whom the filter of the search leaves out, and nobody outside of the base', async () => {
    await sync(ENTRIES);
    await issueTokens('ada', 'bob');
    const outside = [...many(3), toPerson('ada', LOCKED), toPerson('bob', LOCKED, ALUMNI)];
    const filter = { LDAP_User_Search_Filter: '(!(nsAccountLock=TRUE))', LDAP_User_Search_Scope: 'one' };
    expect(await logout(outside, { ...ON, ...filter })).toMatchObject({ signedOut: 1, problems: [] });
    expect(await signedIn()).toEqual(['bob']);
  });

  it('asks only about those who are signed in, fifty in a search, and only for what says who is disabled', async () => {
    const people = many(120);
    await sync(people);
    await issueTokens(...people.slice(0, 101).map((_, index) => `p${index}`));
    const asked = new Set<string>();
    world.meddle = ({ attributes }) => {
      for (const name of attributes) asked.add(name);
      return undefined;
    };
    await logout(people);
    expect([world.opened, world.searches]).toEqual([1, 3]);
    expect([...asked].sort()).toEqual([
      'entryUUID',
      'loginDisabled',
      'nsAccountLock',
      'orclIsEnabled',
      'userAccountControl',
    ]);
  });

  it('does not ask the directory at all while nobody who is linked is signed in', async () => {
    await sync(ENTRIES);
    await collection('users').insertOne({
      username: 'local',
      services: { resume: { loginTokens: [{ hashedToken: 'x' }] } },
    });
    await logout(ADA_OFF);
    expect(world.opened).toBe(0);
  });

  it('signs nobody out whose id several entries have, whatever one of them says', async () => {
    await sync(ENTRIES);
    await issueTokens('ada');
    const twin = toPerson('twin', { entryUUID: 'id-ada' });
    for (const entries of [
      [...ADA_OFF, twin],
      [twin, ...ADA_OFF],
    ])
      expect((await logout(entries)).signedOut).toBeUndefined();
    expect(await signedIn()).toEqual(['ada']);
  });

  it('leaves who is linked to somebody else by the time of writing', async () => {
    await sync(ENTRIES);
    await issueTokens('ada');
    world.meddle = () => {
      void set('ada', { 'services.ldap.id': 'ff' });
      return undefined;
    };
    expect((await logout(ADA_OFF)).signedOut).toBeUndefined();
    expect(await signedIn()).toEqual(['ada']);
  });

  it('heeds an attribute only once a sync needs no decision about it any more', async () => {
    const expired = [...many(3), toPerson('ada', { shadowExpire: '1' }), toPerson('bob')];
    const named = { ...ON, LDAP_Active_State_Attributes: 'shadowExpire' };
    await sync(ENTRIES);
    await issueTokens('ada');
    expect((await logout(expired, named)).signedOut).toBeUndefined();
    await sync(ENTRIES, named);
    expect(await logout(expired, named)).toMatchObject({ signedOut: 1 });
    // Where no sync switches anybody off, none will ever ask.
    await issueTokens('ada');
    await collection('ldap_sync_runs').updateMany({}, { $unset: { stateAttributes: '' } });
    const only = { ...named, LDAP_Sync_User_Active_State: 'none' };
    expect(await logout(expired, only)).toMatchObject({ signedOut: 1 });
  });

  it('tells of somebody whom the database refuses, and signs the others out', async () => {
    await sync(ENTRIES);
    await issueTokens('ada', 'bob');
    const adaId = await id('ada');
    const bulkWrite = collection('users').bulkWrite.bind(collection('users'));
    collection('users').bulkWrite = (operations, options) => {
      const index = operations.findIndex(
        (one) => 'updateOne' in one && one.updateOne.filter['_id'] === (adaId as never),
      );
      if (index < 0) return bulkWrite(operations, options);
      return Promise.reject(
        Object.assign(new Error('no'), { writeErrors: [{ index, code: 121, errmsg: 'no' }] }),
      );
    };
    const run = await logout([...many(3), toPerson('ada', LOCKED), toPerson('bob', LOCKED)]);
    expect(run).toMatchObject({ state: 'completed', signedOut: 1, counts: { updated: 1, failed: 1 } });
    expect(run.attention).toMatchObject([
      { code: 'write-refused', username: 'ada', reason: expect.stringContaining('stays signed in') },
    ]);
    expect(await changes(run._id)).toMatchObject([
      { username: 'ada', kind: 'sign-out', outcome: 'failed', state: 'skipped' },
      { username: 'bob', kind: 'sign-out', outcome: 'updated', state: 'done' },
    ]);
    expect(await signedIn()).toEqual(['ada']);
  });

  it('says so when no attribute that tells who is disabled may be read', async () => {
    await sync(ENTRIES);
    await issueTokens('ada');
    const run = await logout(ADA_OFF, { ...ON, LDAP_User_Search_AttributesToQuery: 'uid,cn,mail,entryUUID' });
    expect(run).toMatchObject({
      state: 'failed',
      problems: [{ setting: 'LDAP_User_Search_AttributesToQuery' }],
    });
  });
});

describe('the limits of an auto-logout', () => {
  const off = manyCalled('p', 12, LOCKED);

  it('are those of switching off: beyond them nobody is signed out, and the report says which', async () => {
    await sync(many(12));
    await issueTokens(...off.map((_, index) => `p${index}`));
    const run = await logout(off);
    expect(run).toMatchObject({ state: 'failed', counts: { read: 12, unchanged: 12, updated: 0 } });
    expect(run.problems).toEqual([
      {
        setting: 'LDAP_Guard_Deactivations_Percent',
        message: '12 of 12 linked users would be signed out; more than 10 at once are not, so nobody was.',
        remedy: expect.stringContaining('LDAP_Guard_Deactivations_Maximum'),
      },
    ]);
    expect(await signedIn()).toHaveLength(12);
    expect(await changes(run._id)).toEqual([]);
    expect(await logout(off, { ...ON, LDAP_Guard_Always_Allowed: 12 })).toMatchObject({ signedOut: 12 });
    expect(await signedIn()).toEqual([]);
  });

  it('count everybody, also where the maximum is below what is always allowed', async () => {
    await sync(many(12));
    await issueTokens('p0', 'p1', 'p2');
    expect((await logout(off, { ...ON, LDAP_Guard_Deactivations_Maximum: 2 })).state).toBe('failed');
    expect(await signedIn()).toHaveLength(3);
    expect(await logout(off, { ...ON, LDAP_Guard_Deactivations_Maximum: 3 })).toMatchObject({ signedOut: 3 });
  });
});

describe('the reports of auto-logouts', () => {
  it('are one for all that had nothing to do, with their number', async () => {
    await sync(ENTRIES);
    await issueTokens('bob');
    const first = await logout(ENTRIES);
    expect(first.idle).toEqual({ runs: 1, since: first.startedAt });
    for (let minutes = 5; minutes <= 15; minutes += 5) {
      await minutesPass();
      await logout(ENTRIES);
    }
    expect((await reports()).map(({ idle }) => (idle as { runs: number }).runs)).toEqual([4]);
    await minutesPass();
    await issueTokens('ada');
    const done = await logout(ADA_OFF);
    await minutesPass();
    const last = await logout(ADA_OFF);
    expect(last.idle).toEqual({ runs: 5, since: first.startedAt });
    expect((await reports()).map(({ _id }) => _id as unknown).sort()).toEqual([done._id, last._id].sort());
  });

  it('are kept where something was wrong, and push no report of a sync out', async () => {
    const kept = { LDAP_Sync_History_Runs: 10 };
    const first = await sync(ENTRIES, kept);
    await sync(ENTRIES, kept);
    await issueTokens('ada');
    world.meddle = (_query, nth) => (nth === 1 ? 'refused' : undefined);
    for (let run = 0; run < 13; run += 1) await logout(ENTRIES, { ...ON, ...kept });
    expect((await reports()).length).toBeLessThanOrEqual(11);
    world.meddle = undefined;
    await sync(ENTRIES, kept);
    expect(await collection('ldap_sync_runs').countDocuments({ kind: 'sync' })).toBe(3);
    expect(await collection('ldap_sync_runs').findOne({ _id: first._id as never })).not.toBeNull();
  });

  it('leave warnings about settings to the syncs', async () => {
    const warned = { ...ON, LDAP_Background_Sync_ABAC_Attributes: true };
    expect((await sync(ENTRIES, warned)).problems).toHaveLength(1);
    await issueTokens('bob');
    expect(await logout(ENTRIES, warned)).toMatchObject({
      state: 'completed',
      problems: [],
      idle: { runs: 1 },
    });
  });

  it('cannot be approved or reverted', async () => {
    await sync(ENTRIES);
    await issueTokens('ada');
    const { _id } = await logout(ADA_OFF);
    const decide = engine(ADA_OFF);
    await expect(decide.revert(_id)).rejects.toMatchObject({ code: 'run-not-revertible' });
    await expect(decide.approve(_id)).rejects.toMatchObject({ code: 'run-not-held' });
  });
});
