import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { command, type Result } from '../setup/command-line.js';
import { seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const PEOPLE = `ou=people,${SUFFIX}`;
const ALUMNI = `ou=alumni,${SUFFIX}`;

describeWithSlapd('the command line on a real directory', () => {
  let slapd: Slapd;
  let database: TestDatabase;
  beforeEach(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(20)) });
    database = await openTestDatabase();
    await seedAdmin(database.connection);
    await storeSettings(database.connection, { ...settingsFor(slapd), LDAP_BaseDN: PEOPLE });
  });
  afterEach(async () => {
    await database.close();
    await slapd.stop();
  });

  const run = (...argv: string[]): Promise<Result> =>
    command(argv, { environment: { MONGO_URL: database.url } });
  const off = () => database.connection.collection('users').countDocuments({ active: false });

  it('syncs, previews, holds who has left, explains one, approves them and takes it back', async () => {
    expect((await run('test', 'person3')).out).toContain('found: yes');
    expect((await run('preview')).out).toContain('20 created');
    expect((await run('sync')).out).toContain('20 created');
    const leavers = Array.from({ length: 11 }, (_, index) => `person${index}`);
    slapd.modify(
      leavers
        .map(
          (uid) =>
            `dn: uid=${uid},${PEOPLE}\nchangetype: modrdn\nnewrdn: uid=${uid}\ndeleteoldrdn: 0\nnewsuperior: ${ALUMNI}\n`,
        )
        .join('\n'),
    );
    expect((await run('preview')).code).toBe(3);
    expect((await run('sync')).code).toBe(3);
    expect((await run('explain', 'person3')).out).toContain('was held');
    const [held = ''] = (await run('runs', '--limit', '1')).out.split('\t');
    expect((await run('approve', held, '--yes', '--count', '11')).code).toBe(0);
    expect(await off()).toBe(11);
    const [approval = ''] = (await run('runs', '--limit', '1')).out.split('\t');
    expect((await run('revert', approval, '--yes')).code).toBe(0);
    expect(await off()).toBe(0);
  });
});
