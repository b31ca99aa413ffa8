import { startDs389, type Ds389 } from '../../dev/ds389.js';
import { toLdif } from '../setup/active-directory.js';
import { describeWithDs389 } from '../setup/ds389.js';
import { GROUP_ROLES, ROLES } from '../setup/group-roles.js';
import { createHost, storeSettings, type TestHost } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { PLANET, planetSettings, PLANET_PEOPLE, toPlanet, toPlanetPerson } from '../setup/planet.js';

const dnOf = (uid: string): string => `uid=${uid},${PLANET_PEOPLE}`;
const DESK = `cn=desk,${PLANET}`;
const GROUP = toLdif(DESK, {
  objectClass: 'groupOfUniqueNames',
  cn: 'desk',
  uniqueMember: ['ada', 'bob'].map((uid) => dnOf(uid).toUpperCase()),
});

describeWithDs389('roles from groups of a 389-DS', () => {
  let ds389: Ds389;
  let database: TestDatabase;
  let host: TestHost;
  beforeAll(async () => {
    ds389 = await startDs389({
      suffix: PLANET,
      ldif: toPlanet([...['ada', 'bob', 'cy'].map((uid) => toPlanetPerson(uid)), GROUP]),
    });
    database = await openTestDatabase();
    await database.connection
      .collection('rocketchat_roles')
      .insertMany(ROLES.map((role) => ({ ...role })) as never[]);
    await set({
      ...planetSettings(ds389),
      ...GROUP_ROLES,
      LDAP_Sync_User_Data_Roles_BaseDN: PLANET,
      LDAP_Sync_User_Data_Roles_Filter: '(&(cn=#{groupName})(uniqueMember=#{userdn}))',
      LDAP_Sync_User_Data_RolesMap: '{"desk":"support"}',
    });
    host = createHost(database.connection);
  });
  afterAll(async () => {
    await host.ldapSync.stop();
    await database.close();
    await ds389.stop();
  });
  const set = (settings: Readonly<Record<string, unknown>>) => storeSettings(database.connection, settings);
  const supporters = async (): Promise<readonly unknown[]> =>
    (
      await database.connection.collection('users').find({ roles: 'Xy12' }).sort({ username: 1 }).toArray()
    ).map(({ username }) => username as unknown);

  it('are given, stay when the members may not be read, and are taken from whoever leaves', async () => {
    expect(await host.ldapSync.sync()).toMatchObject({
      state: 'completed',
      problems: [],
      counts: { created: 3 },
    });
    expect(await supporters()).toEqual(['ada', 'bob']);
    const leave = `dn: ${DESK}\nchangetype: modify\ndelete: uniqueMember\nuniqueMember: ${dnOf('bob')}\n`;
    ds389.modify(leave);
    await set(planetSettings(ds389, 'svc-least'));
    const hidden = await host.ldapSync.sync();
    expect(hidden).toMatchObject({ state: 'completed', removed: 0 });
    expect(hidden.problems).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('nothing is taken away on their account') }),
    );
    expect(await supporters()).toEqual(['ada', 'bob']);
    await set(planetSettings(ds389));
    expect(await host.ldapSync.sync()).toMatchObject({ state: 'completed', removed: 1 });
    expect(await supporters()).toEqual(['ada']);
  });
});
