import type { ServerKind } from '../../lib/directory/server-description.js';
import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { createEngine } from '../setup/engine.js';
import { many, useHistories, type Settings, type Values } from '../setup/histories.js';
import { createMemoryDirectory } from '../setup/memory-directory.js';

const histories = useHistories();
const { collection, sync, user, set } = histories;
const BOTH = { LDAP_Sync_User_Active_State: 'both' };
const countOff = () => collection('users').countDocuments({ active: false });

/** As a server of this kind, to a service account that may not read these attributes. */
async function syncHiding(
  entries: readonly DirectoryEntry[],
  { kind, hidden, settings = BOTH }: { kind: ServerKind; hidden: readonly string[]; settings?: Settings },
) {
  const shown = entries.map(({ dn, attributes }) => ({
    dn,
    attributes: new Map([...attributes].filter(([name]) => !hidden.includes(name))),
  }));
  const { of } = createEngine(histories.database().connection, {
    openDirectory: async () => ({
      ...createMemoryDirectory(shown),
      describeServer: async () => ({ host: 'x', port: 389, kind, name: kind }),
    }),
  });
  const report = await of(shown, settings).sync();
  // The settings of these histories are for no Active Directory, which another test is about.
  return { ...report, problems: report.problems.filter(({ setting }) => setting !== 'LDAP_Server_Type') };
}

const CONTROL = 'useraccountcontrol';
const people = many(4, (index) => ({ userAccountControl: index === 0 ? '514' : '512' }));
const PROBLEM = {
  message: expect.stringContaining('cannot be seen in 4 of 4 entries') as string,
  remedy: expect.stringContaining('userAccountControl') as string,
  setting: 'LDAP_Sync_User_Active_State',
};

describe.each<ServerKind>(['active-directory', 'samba'])('where %s hides userAccountControl', (kind) => {
  it('a newcomer is created switched off, as pending approval, and the run says so', async () => {
    const report = await syncHiding(people, { kind, hidden: [CONTROL] });
    expect(report).toMatchObject({ state: 'completed', counts: { created: 4 }, problems: [PROBLEM] });
    expect(report.problems[0]?.message).toContain('pending approval');
    expect(await user('p1')).toMatchObject({ active: false, inactiveReason: 'pending_approval' });
    expect(await countOff()).toBe(4);
  });

  it('nobody is switched on or off', async () => {
    await syncHiding(people, { kind, hidden: [] });
    expect(await countOff()).toBe(1);
    await set('p1', { active: false });
    const report = await syncHiding(people, { kind, hidden: [CONTROL] });
    expect(report).toMatchObject({
      state: 'completed',
      counts: { unchanged: 4, reactivated: 0, deactivated: 0 },
      problems: [PROBLEM],
    });
    expect(await countOff()).toBe(2);
  });
});

describe('where userAccountControl is hidden, under the setting', () => {
  it.each([
    ['none', 0, 0],
    ['enable', 0, 1],
    ['disable', 4, 1],
  ])('"%s": %i newcomers are off, %i problems', async (LDAP_Sync_User_Active_State, off, problems) => {
    const settings = { LDAP_Sync_User_Active_State };
    const report = await syncHiding(people, { kind: 'samba', hidden: [CONTROL], settings });
    expect(report.problems).toHaveLength(problems);
    expect(report.problems.some(({ message }) => message.includes('pending approval'))).toBe(off > 0);
    expect(await countOff()).toBe(off);
  });
});

describe('where a 389-DS tells the rights of the service account', () => {
  const withRights = (nsAccountLock: string) =>
    many(4, (index) => ({
      attributeLevelRights: `uid:rsc, nsAccountLock:${nsAccountLock}`,
      ...(index === 0 && nsAccountLock !== 'none' ? { nsAccountLock: 'TRUE' } : {}),
    }));

  it('whoever has no nsAccountLock is enabled, while it may be read', async () => {
    const report = await syncHiding(withRights('rsc'), { kind: '389-ds', hidden: [] });
    expect(report).toMatchObject({ counts: { created: 4 }, problems: [] });
    expect(await countOff()).toBe(1);
  });

  it('it is not known of anybody once it may not be read', async () => {
    await syncHiding(withRights('rsc'), { kind: '389-ds', hidden: [] });
    const report = await syncHiding(withRights('none'), { kind: '389-ds', hidden: [] });
    expect(report).toMatchObject({
      counts: { unchanged: 4, reactivated: 0 },
      problems: [{ message: expect.stringContaining('nsAccountLock') }],
    });
    expect(await countOff()).toBe(1);
  });
});

describe('where another server showed who is disabled', () => {
  const LOCK = 'nsaccountlock';
  const locked = many(4, (index): Values => (index === 0 ? { nsAccountLock: 'TRUE' } : {}));

  beforeEach(async () => {
    await sync(many(4), BOTH);
    await sync(locked, BOTH);
    expect(await countOff()).toBe(1);
  });

  it('and shows nobody now, nobody is switched on, and a newcomer is created switched off', async () => {
    const report = await syncHiding([...locked, ...many(5).slice(4)], { kind: 'unknown', hidden: [LOCK] });
    expect(report).toMatchObject({
      counts: { reactivated: 0, created: 1 },
      problems: [{ message: expect.stringContaining('cannot be seen in 5 of 5 entries') }],
    });
    expect(await countOff()).toBe(2);
  });

  it('and shows somebody else now, whoever says nothing is enabled', async () => {
    const other = many(4, (index): Values => (index === 1 ? { nsAccountLock: 'TRUE' } : {}));
    const report = await syncHiding(other, { kind: 'unknown', hidden: [] });
    expect(report).toMatchObject({ counts: { reactivated: 1, deactivated: 1 }, problems: [] });
  });

  it('and shows nobody now because they have left, whoever says nothing is enabled', async () => {
    const report = await syncHiding([...locked.slice(1), ...many(5).slice(4)], {
      kind: 'unknown',
      hidden: [LOCK],
    });
    expect(report).toMatchObject({ counts: { created: 1 }, problems: [] });
    expect(await countOff()).toBe(1);
  });

  it('an administrator who switches them on by hand ends the doubt', async () => {
    await set('p0', { active: true });
    const report = await syncHiding(many(4), { kind: 'unknown', hidden: [LOCK] });
    expect(report).toMatchObject({ counts: { unchanged: 4 }, problems: [] });
  });
});
