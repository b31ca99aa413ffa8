import { parseStored, toSyncSettings } from '../setup/sync-settings.js';

const FEDERATED = {
  LDAP_FederationHomeServer_Field: 'server,host',
  Federation_Service_Enabled: true,
  Federation_Service_Domain: ' Chat.X.org ',
};
const homeServersOf = (changes: object) => toSyncSettings({ ...FEDERATED, ...changes }).mapping.homeServers;
const problemsOf = (changes: object) => {
  const parsed = parseStored({ ...FEDERATED, ...changes });
  return parsed.ok ? [] : parsed.problems.map(({ setting }) => setting);
};

it('an empty field reads no home servers, whatever else is set', () => {
  for (const field of ['', ' ', ','])
    expect(homeServersOf({ LDAP_FederationHomeServer_Field: field })).toBeUndefined();
  expect(problemsOf({ LDAP_FederationHomeServer_Field: '', Federation_Service_Domain: 'no domain' })).toEqual(
    [],
  );
});

it('a field is a list of attributes or a template, and our own server has one spelling', () => {
  expect(homeServersOf({})).toEqual({
    source: { kind: 'first', attributes: ['server', 'host'] },
    own: 'chat.x.org',
    isFederated: true,
  });
  expect(homeServersOf({ LDAP_FederationHomeServer_Field: 'm.#{o}.org' })?.source.kind).toBe('template');
});

it.each([{ Federation_Service_Enabled: false }, { Federation_Service_Domain: '' }])(
  'nobody is federated with %j',
  (changes) => {
    expect(homeServersOf(changes)?.isFederated).toBe(false);
  },
);

it('a domain that is no server name, and an attribute that is none, are problems', () => {
  expect(problemsOf({ Federation_Service_Domain: 'https://chat.x.org' })).toEqual([
    'Federation_Service_Domain',
  ]);
  expect(problemsOf({ LDAP_FederationHomeServer_Field: 'home server' })).toEqual([
    'LDAP_FederationHomeServer_Field',
  ]);
  expect(problemsOf({ LDAP_FederationHomeServer_Field: 'userPassword' })).toEqual([
    'LDAP_FederationHomeServer_Field',
  ]);
});

it('an attribute that may not be read is a problem, since people of other servers would become local', () => {
  const restricted = { LDAP_User_Search_AttributesToQuery: 'entryUUID,uid,cn,mail,telephoneNumber,server' };
  expect(problemsOf(restricted)).toEqual(['LDAP_User_Search_AttributesToQuery']);
  expect(problemsOf({ ...restricted, LDAP_FederationHomeServer_Field: 'server' })).toEqual([]);
});

it('a wrong type of whether we are federated counts as not', () => {
  expect(homeServersOf({ Federation_Service_Enabled: 'perhaps' })?.isFederated).toBe(false);
});
