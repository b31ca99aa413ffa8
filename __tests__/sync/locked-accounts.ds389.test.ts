import { startDs389, type Ds389 } from '../../dev/ds389.js';
import { describeWithDs389 } from '../setup/ds389.js';
import {
  LOCKED_BY_ROLE,
  PLANET,
  planetSettings,
  PLANET_PEOPLE,
  toPlanet,
  toPlanetPerson,
} from '../setup/planet.js';
import { useSyncedHost } from '../setup/synced-host.js';

const PEOPLE = [
  toPlanetPerson('ada'),
  toPlanetPerson('locked', { nsAccountLock: 'true' }),
  toPlanetPerson('unlocked', { nsAccountLock: 'false' }),
  toPlanetPerson('by-role', LOCKED_BY_ROLE),
  ...Array.from({ length: 8 }, (_, index) => toPlanetPerson(`person${index}`)),
];
const OTHERS = Array.from({ length: 8 }, (_, index) => `person${index}`);

describeWithDs389('people of a 389-DS', () => {
  let ds389: Ds389;
  beforeAll(async () => {
    ds389 = await startDs389({ suffix: PLANET, ldif: toPlanet(PEOPLE) });
  });
  afterAll(() => ds389.stop());
  const host = useSyncedHost(() => planetSettings(ds389));
  const change = (uid: string, ...lines: readonly string[]): void =>
    ds389.modify([`dn: uid=${uid},${PLANET_PEOPLE}`, ...lines, ''].join('\n'));
  const ON = Object.fromEntries(OTHERS.map((name) => [name, true]));

  it('come in pages, told apart by nsUniqueId, and who is locked is off, also by a role', async () => {
    const run = await host.sync();
    expect(run).toMatchObject({ state: 'completed', counts: { created: 12, rejected: 0 }, problems: [] });
    expect(run.server).toMatchObject({ kind: '389-ds' });
    expect(await host.states()).toEqual({
      ...ON,
      ada: true,
      unlocked: true,
      locked: false,
      'by-role': false,
    });
    expect((await host.user('ada'))?.services?.ldap).toMatchObject({ idAttribute: 'nsuniqueId' });
    expect((await host.sync()).counts).toMatchObject({ unchanged: 12 });
  });

  it('are pending when nsAccountLock may not be read, and the right is named', async () => {
    await host.set(planetSettings(ds389, 'svc-least'));
    const run = await host.sync();
    expect(run).toMatchObject({ state: 'completed', counts: { created: 12 } });
    expect(run.problems).toEqual([
      {
        setting: 'LDAP_Sync_User_Active_State',
        message:
          'Whether somebody is disabled cannot be seen in 12 of 12 entries: the service account finds no usable ' +
          'nsAccountLock there. These people are neither switched off nor on for it. Who is new among them ' +
          'starts switched off, as pending approval.',
        remedy:
          'Let an access control instruction (aci) allow the service account to read nsAccountLock of everybody, ' +
          'then run the sync again.',
      },
    ]);
    expect(await host.user('ada')).toMatchObject({ active: false, inactiveReason: 'pending_approval' });
  });

  it('stay as they are when the right is taken away', async () => {
    await host.sync();
    await host.set(planetSettings(ds389, 'svc-least'));
    expect((await host.sync()).counts).toMatchObject({ unchanged: 12, deactivated: 0, reactivated: 0 });
    expect(await host.states()).toMatchObject({ ...ON, ada: true, locked: false, 'by-role': false });
  });

  it('are switched off when they are locked, themselves or by a role', async () => {
    await host.sync();
    change('person0', 'changetype: modify', 'add: nsAccountLock', 'nsAccountLock: true');
    change('person1', 'changetype: modify', 'add: nsRoleDN', `nsRoleDN: cn=disabled,${PLANET}`);
    expect((await host.sync()).counts).toMatchObject({ deactivated: 2, unchanged: 10 });
    expect(await host.states()).toMatchObject({ person0: false, person1: false, person2: true });
    change('person0', 'changetype: modify', 'delete: nsAccountLock');
    change('person1', 'changetype: modify', 'delete: nsRoleDN');
  });

  it('are renamed with their accounts, and off when they are deleted or moved out of the base', async () => {
    await host.sync();
    const before = await host.user('person3');
    change('person3', 'changetype: modrdn', 'newrdn: uid=renamed', 'deleteoldrdn: 1');
    expect(await host.sync()).toMatchObject({ state: 'completed', counts: { updated: 1 } });
    expect((await host.user('renamed'))?._id).toBe(before?._id);
    change('person4', 'changetype: delete');
    change(
      'person5',
      'changetype: modrdn',
      'newrdn: uid=person5',
      'deleteoldrdn: 0',
      `newsuperior: ou=former,${PLANET}`,
    );
    expect((await host.sync()).counts).toMatchObject({ deactivated: 2 });
    expect(await host.states()).toMatchObject({ person4: false, person5: false, renamed: true });
  });
});
