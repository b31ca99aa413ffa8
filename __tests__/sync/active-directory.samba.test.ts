import { SAMBA_BASE } from '../../dev/samba-config.js';
import { startSamba, type Samba } from '../../dev/samba.js';
import {
  adSettings,
  below,
  COMPANY,
  SERVICES,
  toAdPerson,
  toServiceAccount,
  toUnit,
  HIDING_STATES,
} from '../setup/active-directory.js';
import { describeWithSamba } from '../setup/samba.js';
import { useSyncedHost } from '../setup/synced-host.js';

const BERLIN = below(COMPANY, 'Berlin', 'OU');
const FORMER = `OU=Former,${SAMBA_BASE}`;
const PEOPLE = Array.from({ length: 10 }, (_, index) => `person${index}`);
/** `svc-least` is among the guests, whom the company does not let see who is disabled. */
const LDIF = [
  toUnit(SAMBA_BASE, 'Company', { nTSecurityDescriptor: HIDING_STATES }),
  toUnit(COMPANY, 'Berlin'),
  toUnit(SAMBA_BASE, 'Former'),
  toUnit(SAMBA_BASE, 'Services'),
  ...['svc-chat', 'svc-least'].map(toServiceAccount),
  ...PEOPLE.map((name) => toAdPerson(COMPANY, name)),
  toAdPerson(COMPANY, 'disabled', { userAccountControl: '546' }),
].join('\n');
const GUESTS = `dn: CN=Guests,CN=Builtin,${SAMBA_BASE}\nchangetype: modify\nadd: member\nmember: CN=svc-least,${SERVICES}\n`;

describeWithSamba('people of an Active Directory', () => {
  let samba: Samba;
  beforeAll(async () => {
    samba = await startSamba({ ldif: LDIF, changes: GUESTS, recycleBin: true });
  });
  afterAll(() => samba.stop());
  const host = useSyncedHost(() => adSettings(samba));
  const change = (dn: string, ...lines: readonly string[]): void =>
    samba.modify([`dn: ${dn}`, ...lines, ''].join('\n'));
  const ON = Object.fromEntries(PEOPLE.map((name) => [name, true]));

  it('come in pages from the root of the domain, whose references hold no people', async () => {
    const run = await host.sync();
    expect(run).toMatchObject({ state: 'completed', counts: { created: 11, deactivated: 0 }, problems: [] });
    expect(await host.states()).toEqual({ ...ON, disabled: false });
    expect((await host.user('person0'))?.services?.ldap).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      idAttribute: 'objectGUID',
    });
    expect((await host.sync()).counts).toMatchObject({ unchanged: 11 });
  });

  it('are pending when userAccountControl may not be read, and the right is named', async () => {
    await host.set(adSettings(samba, 'svc-least'));
    const run = await host.sync();
    expect(run).toMatchObject({ state: 'completed', counts: { created: 11 } });
    expect(run.problems).toEqual([
      expect.objectContaining({
        setting: 'LDAP_Sync_User_Active_State',
        message: expect.stringContaining(
          'in 11 of 11 entries: the service account finds no usable userAccountControl',
        ),
        remedy: expect.stringContaining('"Account Restrictions"'),
      }),
    ]);
    expect(await host.user('person0')).toMatchObject({ active: false, inactiveReason: 'pending_approval' });
  });

  it('stay as they are when the right is taken away', async () => {
    await host.sync();
    await host.set(adSettings(samba, 'svc-least'));
    expect((await host.sync()).counts).toMatchObject({ unchanged: 11, deactivated: 0, reactivated: 0 });
    expect(await host.states()).toEqual({ ...ON, disabled: false });
  });

  it('are the same when they move to another unit, and off when they leave the base', async () => {
    await host.set({ LDAP_BaseDN: COMPANY });
    await host.sync();
    const before = await host.user('person1');
    const move = ['changetype: modrdn', 'newrdn: CN=person1', 'deleteoldrdn: 1'];
    change(below(COMPANY, 'person1'), ...move, `newsuperior: ${BERLIN}`);
    // Rocket.Chat keeps the DNs of a user.
    expect((await host.sync()).counts).toMatchObject({ updated: 1, unchanged: 10, deactivated: 0 });
    expect(await host.user('person1')).toMatchObject({ _id: before?._id, active: true });
    change(below(BERLIN, 'person1'), ...move, `newsuperior: ${FORMER}`);
    expect((await host.sync()).counts).toMatchObject({ deactivated: 1, unchanged: 10 });
    expect((await host.user('person1'))?.active).toBe(false);
    change(below(FORMER, 'person1'), ...move, `newsuperior: ${COMPANY}`);
  });

  it('are renamed with their accounts', async () => {
    await host.sync();
    const before = await host.user('person2');
    change(
      below(COMPANY, 'person2'),
      'changetype: modify',
      'replace: sAMAccountName',
      'sAMAccountName: renamed',
    );
    expect(await host.sync()).toMatchObject({ state: 'completed', counts: { updated: 1 } });
    expect((await host.user('renamed'))?._id).toBe(before?._id);
  });

  it('are signed out between syncs when they are disabled or gone, with the base at the root of the domain', async () => {
    await host.set({
      LDAP_Sync_User_Active_State: 'none',
      LDAP_Sync_AutoLogout_Enabled: true,
      LDAP_Sync_AutoLogout_Gone: true,
    });
    await host.sync();
    for (const name of ['disabled', 'person0', 'person9'])
      await host.change(name, { 'services.resume.loginTokens': [{ hashedToken: name, when: new Date() }] });
    await host.change('person9', { 'services.ldap.id': 'ab'.repeat(16) });
    expect(await host.autoLogout()).toMatchObject({ state: 'completed', signedOut: 2, problems: [] });
    const left = ['disabled', 'person0', 'person9'].map(
      async (name) => (await host.user(name))?.services?.resume?.loginTokens?.length,
    );
    expect(await Promise.all(left)).toEqual([0, 1, 0]);
  });

  it('are the same users again when they come out of the recycle bin, and on where the settings say so', async () => {
    await host.sync();
    const before = await host.user('person8');
    change(below(COMPANY, 'person8'), 'changetype: delete');
    expect((await host.sync()).counts).toMatchObject({ deactivated: 1, unchanged: 10 });
    expect((await host.user('person8'))?.active).toBe(false);
    await samba.restore('person8', BERLIN);
    expect(await host.sync()).toMatchObject({
      counts: { updated: 1, unchanged: 10, created: 0 },
      attention: [{ code: 'back-but-still-off', userId: before?._id }],
    });
    await host.set({ LDAP_Sync_User_Active_State: 'both' });
    expect(await host.sync()).toMatchObject({
      state: 'completed',
      counts: { reactivated: 1, unchanged: 10 },
      attention: [],
    });
    expect(await host.user('person8')).toMatchObject({
      _id: before?._id,
      active: true,
      emails: before?.emails,
      services: { ldap: before?.services?.ldap },
    });
    expect((await host.sync()).counts).toMatchObject({ unchanged: 11 });
  });

  it('are off when they are disabled or deleted, and many wait for an approval', async () => {
    await host.sync();
    change(
      below(COMPANY, 'person3'),
      'changetype: modify',
      'replace: userAccountControl',
      'userAccountControl: 546',
    );
    change(below(COMPANY, 'person4'), 'changetype: delete');
    expect((await host.sync()).counts).toMatchObject({ deactivated: 2 });
    expect(await host.states()).toMatchObject({ person3: false, person4: false, person5: true });
    await host.set({ LDAP_Guard_Deactivations_Maximum: 1, LDAP_Guard_Deactivations_Percent: 1 });
    for (const name of ['person5', 'person6', 'person7']) change(below(COMPANY, name), 'changetype: delete');
    expect(await host.sync()).toMatchObject({ state: 'held', counts: { deactivated: 0 } });
    expect(await host.states()).toMatchObject({ person5: true, person6: true, person7: true });
  });
});
