import { startSlapd, type Slapd } from '../../dev/slapd.js';
import { inspectLdapTls } from '../../lib/directory/ldap/inspect-tls.js';
import { openLdapDirectory } from '../../lib/directory/ldap/ldap-directory.js';
import { createDirectoryProbe } from '../../lib/probe/directory-probe.js';
import { parseSettings } from '../../lib/settings/settings.js';
import { settingsFor, SUFFIX, toOrganisation, toPeople } from '../setup/organisation.js';
import { describeWithSlapd } from '../setup/slapd.js';

const ALIAS = [
  `dn: cn=one,ou=alumni,${SUFFIX}\nobjectClass: alias\nobjectClass: extensibleObject\ncn: one`,
  `aliasedObjectName: uid=person1,ou=people,${SUFFIX}`,
].join('\n');

describeWithSlapd('a test of the settings', () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation([...toPeople(3), ALIAS]) });
  });
  afterAll(() => slapd.stop());

  function createProbe(changes: Readonly<Record<string, unknown>>) {
    const lines: [level: string, details: object, text: string][] = [];
    const log = (level: string) => (details: object, text: string) => void lines.push([level, details, text]);
    const settings = parseSettings(new Map(Object.entries({ ...settingsFor(slapd), ...changes })));
    const probe = createDirectoryProbe({
      readSettings: () => Promise.resolve(settings),
      openDirectory: openLdapDirectory,
      inspectTls: inspectLdapTls,
      readLastRun: () => Promise.resolve(undefined),
      logger: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    });
    return { probe, lines };
  }

  it('logs which server answered', async () => {
    const { probe, lines } = createProbe({});
    await probe.testConnection();
    const server = { host: '127.0.0.1', port: slapd.port, kind: 'openldap', name: 'OpenLDAP' };
    expect(lines).toEqual([
      ['info', server, `The LDAP test was answered by OpenLDAP at 127.0.0.1:${slapd.port}`],
    ]);
  });

  it.each(['testConnection', 'testSearch'] as const)(
    '%s says when the settings are for another server',
    async (verb) => {
      const { probe, lines } = createProbe({
        LDAP_Server_Type: 'ad',
        LDAP_BaseDN: `ou=people,${SUFFIX}`,
      });
      await probe[verb]('person1');
      const settings = lines.filter(([level]) => level === 'warn').map(([, details]) => details);
      expect(settings).toEqual([
        expect.objectContaining({
          setting: 'LDAP_Server_Type',
          message: expect.stringContaining('This is OpenLDAP'),
        }),
        expect.objectContaining({ setting: 'LDAP_User_Search_Filter' }),
      ]);
      expect(JSON.stringify(lines)).not.toContain(slapd.rootPassword);
    },
  );

  it('names aliases where nobody is found, and follows them by the setting', async () => {
    const base = { LDAP_BaseDN: `ou=alumni,${SUFFIX}` };
    const { probe, lines } = createProbe(base);
    expect(await probe.testSearch('person1')).toBe(false);
    expect(lines.map(([, details]) => details)).toContainEqual(
      expect.objectContaining({ setting: 'LDAP_Dereference_Aliases' }),
    );
    const following = createProbe({ ...base, LDAP_Dereference_Aliases: 'searching' });
    expect(await following.probe.testSearch('person1')).toBe(true);
  });

  it('goes on to another host', async () => {
    const { probe, lines } = createProbe({
      LDAP_Host: 'no-such-host.invalid',
      LDAP_Failover_Hosts: `[::ffff:127.0.0.1]:${slapd.port}`,
    });
    await probe.testConnection();
    expect(lines[0]?.[1]).toMatchObject({ host: '::ffff:127.0.0.1' });
  });
});
