import { parseSyncSettings } from '../../lib/settings/parse-sync-settings.js';
import { createReadSettings, parseSettings } from '../../lib/settings/settings.js';

const GOOD = {
  LDAP_Enable: true,
  LDAP_Host: 'ldap.example.org',
  LDAP_BaseDN: 'ou=people,dc=example,dc=org',
  LDAP_Server_Type: '',
  LDAP_Encryption: 'ssl',
  LDAP_Background_Sync: true,
};

const DEFAULT_ROLES = [
  'Accounts_Registration_AuthenticationServices_Default_Roles',
  'Accounts_Registration_Users_Default_Roles',
] as const;

function parse(values: Readonly<Record<string, unknown>> = {}) {
  return parseSyncSettings(parseSettings(new Map(Object.entries({ ...GOOD, ...values }))));
}

function settings(values: Readonly<Record<string, unknown>> = {}) {
  const parsed = parse(values);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '));
  return parsed.settings;
}

describe('the settings of a run', () => {
  it('have the documented defaults where nothing is stored', () => {
    expect(settings()).toMatchObject({
      address: {
        host: 'ldap.example.org',
        port: 389,
        encryption: 'ldaps',
        rejectUnauthorized: true,
        connectTimeoutMs: 1_000,
        operationTimeoutMs: 60_000,
      },
      search: { scope: 'sub', pageSize: 250 },
      mapping: {
        idAttributes: ['objectGUID', 'ibm-entryUUID', 'GUID', 'dominoUNID', 'nsuniqueId', 'uidNumber', 'uid'],
        photoAttributes: [],
      },
      policy: {
        importNew: true,
        keepUpdated: true,
        mergeExisting: false,
        disableMissing: false,
        activeState: 'disable',
      },
      newUser: { emailsVerified: true, roles: ['user'] },
    });
    expect(settings().address.bind).toBeUndefined();
  });

  it('take the Active Directory fields when the server type is "ad"', () => {
    expect(settings({ LDAP_Server_Type: 'ad' }).mapping.username).toEqual({
      kind: 'first',
      attributes: ['sAMAccountName'],
    });
    expect(settings({ LDAP_Server_Type: '' }).mapping.username).toEqual({
      kind: 'first',
      attributes: ['uid'],
    });
  });

  it('search for whom the filter and one of the search fields match', () => {
    expect(
      settings({ LDAP_User_Search_Filter: '(a=b)', LDAP_User_Search_Field: 'uid, mail' }).search.filter,
    ).toEqual({
      type: 'and',
      filters: [
        { type: 'equal', attribute: 'a', value: Buffer.from('b') },
        {
          type: 'or',
          filters: [
            { type: 'present', attribute: 'uid' },
            { type: 'present', attribute: 'mail' },
          ],
        },
      ],
    });
  });

  it.each([
    [{}, ['user']],
    [{ external: 'guest', all: 'user, extra,user' }, ['guest', 'user', 'extra']],
    [{ external: '' }, ['user']],
    [{ external: 'guest', all: '' }, ['guest']],
    [{ external: '', all: ' , ' }, ['user']],
    [{ external: 'admin', all: 'admin' }, ['user']],
    [{ external: 'admin,guest', all: 'admin' }, ['guest']],
  ])('give a new user the roles of both settings, never none and never admin: %j', (stored, roles) => {
    const { external, all } = { external: undefined, all: undefined, ...stored };
    const values = { [DEFAULT_ROLES[0]]: external, [DEFAULT_ROLES[1]]: all };
    const parsed = parse(
      Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
    );
    expect(parsed).toMatchObject({ ok: true, settings: { newUser: { roles } } });
    expect(parsed.warnings.map(({ setting }) => setting)).toEqual(
      DEFAULT_ROLES.filter((id) => values[id]?.includes('admin')),
    );
  });

  it('want photos only when both photo settings are on', () => {
    const both = { LDAP_Background_Sync_Avatars: true, LDAP_Avatar_Field: 'jpegPhoto' };
    expect(settings(both).mapping.photoAttributes).toEqual(['jpegPhoto', 'thumbnailPhoto']);
    expect(settings({ ...both, LDAP_Sync_User_Avatar: false }).mapping.photoAttributes).toEqual([]);
  });

  it.each([
    ['no stored limit', {}, 0],
    ['the default, stored', { LDAP_Search_Size_Limit: 1_000 }, 0],
    ['the default as a text', { LDAP_Search_Size_Limit: '1000' }, 0],
    ['the default without pages', { LDAP_Search_Size_Limit: 1_000, LDAP_Search_Page_Size: 0 }, 0],
    ['another limit', { LDAP_Search_Size_Limit: 999 }, 999],
    ['another limit without pages', { LDAP_Search_Size_Limit: 500, LDAP_Search_Page_Size: 0 }, 500],
  ])('let only a size limit that somebody has chosen count: %s', (_, values, expected) => {
    expect(settings(values).search.sizeLimit).toBe(expected);
  });

  it('say of a port that is no number that it ends the run, and nothing of a default', () => {
    const parsed = parse({ LDAP_Port: 'abc' });
    expect(parsed).toMatchObject({ ok: false });
    const told = [...(parsed.ok ? [] : parsed.problems), ...parsed.warnings];
    const ofPort = told.filter(({ setting }) => setting === 'LDAP_Port');
    expect(ofPort).toMatchObject([
      { setting: 'LDAP_Port', message: 'LDAP_Port is not a whole number.', remedy: expect.any(String) },
    ]);
  });

  it('disable nobody who is missing unless users are kept updated', () => {
    const missing = { LDAP_Background_Sync_Disable_Missing_Users: true };
    expect(settings(missing).policy.disableMissing).toBe(true);
    expect(
      settings({ ...missing, LDAP_Background_Sync_Keep_Existant_Users_Updated: false }).policy.disableMissing,
    ).toBe(false);
  });
});

describe('a bad setting is reported with its id and a remedy', () => {
  it.each([
    ['LDAP_Host', ''],
    ['LDAP_Host', 'ldap://ldap.example.org'],
    ['LDAP_Host', 'a b'],
    ['LDAP_Port', 0],
    ['LDAP_Port', 70_000],
    ['LDAP_Port', 'abc'],
    ['LDAP_BaseDN', ''],
    ['LDAP_BaseDN', 'people'],
    ['LDAP_Encryption', 'starttls'],
    ['LDAP_CA_Cert', 'not a certificate'],
    ['LDAP_CA_Cert', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
    ['LDAP_User_Search_Filter', '(&(uid=a)'],
    ['LDAP_User_Search_Scope', 'everything'],
    ['LDAP_User_Search_Field', ''],
    ['LDAP_User_Search_Field', 'uid)(x=*'],
    ['LDAP_Search_Page_Size', -1],
    ['LDAP_Unique_Identifier_Field', 'uid=*'],
    ['LDAP_Username_Field', '#{uid'],
    ['LDAP_Username_Field', '#{u id}'],
    ['LDAP_Sync_User_Active_State', 'maybe'],
    ['LDAP_Timeout', 0],
    ['LDAP_Background_Sync', { $gt: '' }],
    ['LDAP_Default_Domain', 'not a domain'],
  ])('%s = %j', (setting, value) => {
    const parsed = parse({ [setting]: value });
    if (parsed.ok) throw new Error('was accepted');
    expect(parsed.problems).toEqual([
      expect.objectContaining({ setting, remedy: expect.stringContaining(' ') }),
    ]);
  });

  it('all of them at once', () => {
    const parsed = parse({ LDAP_Host: '', LDAP_BaseDN: '', LDAP_Port: -1, LDAP_Encryption: 'x' });
    if (parsed.ok) throw new Error('was accepted');
    expect(parsed.problems.map(({ setting }) => setting).sort()).toEqual([
      'LDAP_BaseDN',
      'LDAP_Encryption',
      'LDAP_Host',
      'LDAP_Port',
    ]);
  });

  it('an empty bind password, which some servers take for an anonymous bind', () => {
    const parsed = parse({
      LDAP_Authentication: true,
      LDAP_Authentication_UserDN: 'cn=sync',
      LDAP_Authentication_Password: '',
    });
    expect(parsed).toMatchObject({ ok: false, problems: [{ setting: 'LDAP_Authentication_Password' }] });
  });

  it('without ever showing the value of a secret', () => {
    const parsed = parse({
      LDAP_Authentication: true,
      LDAP_Authentication_Password: ['hunter2'],
      LDAP_CA_Cert: 'hunter2',
    });
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
  });
});

it('a password that would cross the network in clear is a warning, on loopback it is not', () => {
  const bind = {
    LDAP_Encryption: 'plain',
    LDAP_Authentication: true,
    LDAP_Authentication_UserDN: 'cn=a',
    LDAP_Authentication_Password: 'x',
  };
  expect(parse(bind)).toMatchObject({ ok: true, warnings: [{ setting: 'LDAP_Encryption' }] });
  expect(parse({ ...bind, LDAP_Host: '127.0.0.1' })).toMatchObject({ ok: true, warnings: [] });
});

describe('OVERWRITE_SETTING_<id>', () => {
  const source = {
    read: async () =>
      new Map<string, unknown>([
        ['LDAP_Port', 389],
        ['LDAP_Enable', false],
      ]),
  };

  it('wins over what is stored, typed as the setting is', async () => {
    const read = createReadSettings(source, {
      OVERWRITE_SETTING_LDAP_Port: '636',
      OVERWRITE_SETTING_LDAP_Enable: 'true',
    });
    const settings = await read();
    expect([settings.get('LDAP_Port'), settings.get('LDAP_Enable')]).toEqual([636, true]);
  });

  it('is read anew each time', async () => {
    const environment: Record<string, string> = {};
    const read = createReadSettings(source, environment);
    expect((await read()).get('LDAP_Port')).toBe(389);
    environment.OVERWRITE_SETTING_LDAP_Port = '3268';
    expect((await read()).get('LDAP_Port')).toBe(3_268);
  });
});
