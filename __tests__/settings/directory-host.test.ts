import { isLoopback, parseWrittenHost, toHost } from '../../lib/settings/directory-host.js';
import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { parseSettings } from '../../lib/settings/settings.js';

const GOOD = { LDAP_BaseDN: 'dc=x', LDAP_Server_Type: '', LDAP_Encryption: 'ssl', LDAP_Port: 636 };
const parse = (values: Readonly<Record<string, unknown>>) =>
  parseSyncSettings(
    parseSettings(new Map(Object.entries({ ...GOOD, LDAP_Host: 'ldap.example', ...values }))),
  );
function addressOf(values: Readonly<Record<string, unknown>>) {
  const parsed = parse(values);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings.address;
}

describe('LDAP_Host', () => {
  it.each([
    ['ldap.example.org', 'ldap.example.org'],
    [' ldap.example.org. ', 'ldap.example.org.'],
    ['_ldap._tcp.example.org', '_ldap._tcp.example.org'],
    ['192.0.2.1', '192.0.2.1'],
    ['::1', '::1'],
    ['[::1]', '::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['[fe80::1%eth0]', 'fe80::1%eth0'],
    ['[fe80::1%25eth0]', 'fe80::1%eth0'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['[::FFFF:192.0.2.1]', '::FFFF:192.0.2.1'],
  ])('%j is understood as %s', (written, host) => {
    expect(addressOf({ LDAP_Host: written }).host).toBe(host);
    expect(toHost(written)).toBe(host);
  });

  it.each(['[ldap.example.org]', '[::1', '::1]', '[::1]:636', '[[::1]]', 'fe80::1%', 'ldap://[::1]', '[]'])(
    '%j is a problem with a remedy',
    (written) => {
      expect(parse({ LDAP_Host: written })).toMatchObject({
        ok: false,
        problems: [{ setting: 'LDAP_Host', remedy: expect.stringContaining('bare host name or IP address') }],
      });
    },
  );
});

describe('LDAP_Failover_Hosts', () => {
  it.each([
    ['', []],
    ['dc2.example.org', [{ host: 'dc2.example.org', port: 636 }]],
    [
      'dc2.example.org, dc3.example.org:3269;192.0.2.1\n[2001:db8::1]:1636  2001:db8::2 ,',
      [
        { host: 'dc2.example.org', port: 636 },
        { host: 'dc3.example.org', port: 3_269 },
        { host: '192.0.2.1', port: 636 },
        { host: '2001:db8::1', port: 1_636 },
        { host: '2001:db8::2', port: 636 },
      ],
    ],
  ])('%j is a list of hosts', (written, hosts) => {
    expect(addressOf({ LDAP_Failover_Hosts: written }).failoverHosts).toEqual(hosts);
  });

  it.each(['ldap://dc2', 'dc2:0', 'dc2:65536', 'dc2:port', 'a:b:c', '[::1]:', 'x/y', 'me:secret@dc2'])(
    '%j is a problem with a remedy',
    (written) => {
      const parsed = parse({ LDAP_Failover_Hosts: `dc1 ${written}` });
      expect(parsed).toMatchObject({
        ok: false,
        problems: [{ setting: 'LDAP_Failover_Hosts', remedy: expect.stringContaining('[2001:db8::1]:636') }],
      });
      expect(JSON.stringify(parsed)).not.toContain('secret');
    },
  );

  it('has at most 16 hosts', () => {
    expect(parse({ LDAP_Failover_Hosts: 'dc '.repeat(17) })).toMatchObject({
      ok: false,
      problems: [{ message: 'LDAP_Failover_Hosts names 17 hosts.' }],
    });
  });

  it('away from this machine make a plain password a warning', () => {
    const bind = {
      LDAP_Host: 'localhost',
      LDAP_Encryption: 'plain',
      LDAP_Authentication: true,
      LDAP_Authentication_UserDN: 'cn=a',
      LDAP_Authentication_Password: 'x',
    };
    expect(parse(bind).warnings).toEqual([]);
    expect(parse({ ...bind, LDAP_Failover_Hosts: '[::1]' }).warnings).toEqual([]);
    expect(parse({ ...bind, LDAP_Failover_Hosts: '[::1] dc2' }).warnings).toMatchObject([
      { setting: 'LDAP_Encryption' },
    ]);
  });
});

describe('LDAP_Dereference_Aliases', () => {
  it('is never, unless it is set, and nothing but what it may be', () => {
    expect(addressOf({}).dereferenceAliases).toBe('never');
    expect(addressOf({ LDAP_Dereference_Aliases: 'finding' }).dereferenceAliases).toBe('finding');
    expect(parse({ LDAP_Dereference_Aliases: 'sometimes' })).toMatchObject({
      ok: false,
      problems: [{ setting: 'LDAP_Dereference_Aliases' }],
    });
  });
});

it.each(['localhost', 'LOCALHOST.', '::1', '::1%lo', '127.9.9.9', '::ffff:127.0.0.1'])(
  '%s is this machine',
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

it.each(['128.0.0.1', '::11', 'localhost.example.org', '::ffff:192.0.2.1'])(
  '%s is another machine',
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);

it('a port of its own is no part of an address of IPv6 without brackets', () => {
  expect(parseWrittenHost('2001:db8::1:636')).toEqual({ host: '2001:db8::1:636' });
});
