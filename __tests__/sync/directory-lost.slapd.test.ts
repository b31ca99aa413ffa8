import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { RunReport } from '../../models/run-report.js';
import { createHost, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';
import { startTcpProxy, type TcpProxyOptions } from '../setup/tcp-proxy.js';

const PEOPLE = 400;
const PATIENT_MS = 60_000;

describeWithSlapd('a directory that goes away in the middle of a sweep', () => {
  let slapd: Slapd;
  let database: TestDatabase;

  beforeEach(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(toPeople(PEOPLE)) });
    database = await openTestDatabase();
    await storeSettings(database.connection, { ...settingsFor(slapd), LDAP_Search_Page_Size: 50 });
    await createHost(database.connection).ldapSync.sync();
    // Three people leave, and one changes: the first is subtractive, the second is not.
    slapd.modify(
      [1, 2, 3].map((index) => `dn: uid=person${index},ou=people,${SUFFIX}\nchangetype: delete\n`).join('\n'),
    );
    slapd.modify(`dn: uid=person0,ou=people,${SUFFIX}\nchangetype: modify\nreplace: cn\ncn: Changed\n`);
  });

  afterEach(async () => {
    await database.close();
    await slapd.stop();
  });

  async function syncThrough(
    trouble: Partial<TcpProxyOptions>,
    LDAP_Timeout = PATIENT_MS,
  ): Promise<RunReport> {
    const proxy = await startTcpProxy({ targetPort: slapd.port, ...trouble });
    try {
      await storeSettings(database.connection, { LDAP_Port: proxy.port, LDAP_Timeout });
      return await createHost(database.connection).ldapSync.sync();
    } finally {
      await proxy.close();
    }
  }

  const inactive = () => database.connection.collection('users').countDocuments({ active: false });

  it.each<[string, Partial<TcpProxyOptions>, number]>([
    ['cut after the third page', { cutAfterBytes: 25_000 }, PATIENT_MS],
    ['cut in the middle of the last page', { cutAfterBytes: 60_000 }, PATIENT_MS],
    // Silence is told by the time it lasts: long enough for a busy server to have said the rest.
    ['silent after the third page', { stallAfterBytes: 25_000 }, 3_000],
  ])('%s: the run fails, what was read is written, nobody is switched off', async (_, trouble, timeoutMs) => {
    const report = await syncThrough(trouble, timeoutMs);
    expect(report.state).toBe('failed');
    expect(report.counts.read).toBeGreaterThan(0);
    expect(report.counts.read).toBeLessThan(PEOPLE - 3);
    expect(report.counts).toMatchObject({ updated: 1, deactivated: 0 });
    expect(report.problems).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/lost|silent/),
        remedy: expect.stringMatching(/./),
      }),
    ]);
    expect(await inactive()).toBe(0);
  });

  it('the next run, undisturbed, does the rest', async () => {
    await syncThrough({ cutAfterBytes: 25_000 });
    const report = await syncThrough({});
    expect(report).toMatchObject({ state: 'completed', counts: { deactivated: 3, unchanged: PEOPLE - 3 } });
    expect(await inactive()).toBe(3);
  });

  it.each([
    ['refuses the connection', { LDAP_Port: 1 }, /LDAP_Port/],
    ['refuses the password', { LDAP_Authentication_Password: 'wrong' }, /LDAP_Authentication_Password/],
    ['has no TLS', { LDAP_Encryption: 'tls' }, /TLS/],
  ])(
    'a directory that %s fails the run with a remedy, before anybody is touched',
    async (_, settings, remedy) => {
      await storeSettings(database.connection, settings);
      const report = await createHost(database.connection).ldapSync.sync();
      expect(report).toMatchObject({
        state: 'failed',
        counts: { read: 0, deactivated: 0 },
        problems: [{ remedy: expect.stringMatching(remedy) }],
      });
      expect(JSON.stringify(report)).not.toContain('wrong"');
      expect(await inactive()).toBe(0);
    },
  );
});
