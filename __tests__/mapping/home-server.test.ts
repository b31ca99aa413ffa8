import { mapEntry, type MappedEntry } from '../../lib/mapping/map-entry.js';
import { hasFederatedForm, toFederatedNames, toLocalPart } from '../../lib/mapping/home-server.js';
import type { HomeServers } from '../../lib/settings/federation.js';
import { abridge } from '../setup/abridge.js';
import { toPerson, type Values } from '../setup/histories.js';
import { toSyncSettings } from '../setup/sync-settings.js';

const FEDERATED: HomeServers = {
  source: { kind: 'first', attributes: ['server', 'host'] },
  own: 'chat.x.org',
  isFederated: true,
};

function map(values: Values, homeServers: HomeServers = FEDERATED, others: object = {}): MappedEntry {
  const { mapping } = toSyncSettings({ LDAP_Server_Type: '', LDAP_Unique_Identifier_Field: 'entryUUID' });
  const entry = toPerson('ada', values);
  return mapEntry(entry, { id: '01', idAttribute: 'entryUUID' }, { ...mapping, homeServers, ...others });
}
const codeOf = (mapped: MappedEntry): unknown =>
  'rejection' in mapped ? mapped.rejection.code : mapped.person.username;

describe('a home server', () => {
  it('makes a name of it and no address, where it is another one', () => {
    expect(map({ server: 'Other.Example:8448', mail: 'ada@x.org' })).toMatchObject({
      person: { username: '@ada:other.example:8448', homeServer: 'other.example:8448', emails: [] },
    });
  });

  it.each<Values>([
    {},
    { server: 'chat.x.org' },
    { server: ' CHAT.x.org ' },
    { server: ['chat.x.org', 'Chat.X.org'] },
  ])('makes a local person where it is ours, or there is none: %j', (values) => {
    expect(map(values)).toMatchObject({ person: { username: 'ada', emails: ['ada@x.org'] } });
  });

  it('is that of the first attribute of a list that is there, or what a template makes', () => {
    expect(codeOf(map({ host: 'second.example' }))).toBe('@ada:second.example');
    const source = { kind: 'template', text: 'm.#{dept}.org', attributes: ['dept'] } as const;
    expect(codeOf(map({ dept: 'it' }, { ...FEDERATED, source }))).toBe('@ada:m.it.org');
    expect(codeOf(map({}, { ...FEDERATED, source }))).toBe('unusable-home-server');
  });

  it('is refused where several are named, since their order says nothing', () => {
    expect(codeOf(map({ server: ['a.example', 'chat.x.org'] }))).toBe('unusable-home-server');
  });

  it.each([undefined, 'chat.x.org'])(
    'rejects the entry while federation is off, with our domain %j',
    (own) => {
      const homeServers = { ...FEDERATED, own, isFederated: false };
      expect(map({ server: 'other.example' }, homeServers)).toMatchObject({
        rejection: { code: 'federation-off', params: { server: 'other.example' } },
      });
      expect(codeOf(map({}, homeServers))).toBe('ada');
    },
  );

  it('asks for no address, since the person has none here', () => {
    expect(codeOf(map({ server: 'other.example', mail: [] }))).toBe('@ada:other.example');
    expect(codeOf(map({ mail: [] }))).toBe('no-email-address');
  });

  it.each(
    [
      'evil example',
      'a..b',
      '.example',
      'example.',
      '-a.example',
      'a_b.example',
      'a.example:0',
      'a.example:65536',
      'a.example:8448:1',
      'a.example:',
      ':8448',
      '@eve:a.example',
      'https://a.example',
      'a.example/path',
      'exämple.org',
      'exam\u200bple.org',
      'раypal.example',
      '[::1',
      '[::g]',
      '[fe80::1%eth0]',
      '$where',
      `${'a'.repeat(64)}.example`,
      `${'a.'.repeat(120)}example`,
    ].map((server) => [abridge(server), server]),
  )('is refused where it is no server name: %s', (_, server) => {
    expect(codeOf(map({ server }))).toBe('unusable-home-server');
  });

  it.each([
    'localhost',
    '192.0.2.7:8448',
    '[2001:db8::1]',
    '[2001:DB8::1]:443',
    'xn--exmple-cua.org',
    '1and1.de',
  ])('may be %s', (server) => {
    expect(codeOf(map({ server }))).toBe(`@ada:${server.toLowerCase()}`);
  });
});

describe('a user name on another server', () => {
  it.each(['@eve', 'eve:evil.example', '@eve:evil.example', 'a b', 'añ', 'a"b', '<x>'])(
    'is refused where it could be read in another way: %s',
    (uid) => {
      expect(codeOf(map({ server: 'other.example', uid }, FEDERATED, { slugifyUsername: false }))).toBe(
        'unusable-username',
      );
    },
  );

  it('is one of those that can be used, and nobody is called by an id', () => {
    const raw = { slugifyUsername: false };
    expect(codeOf(map({ server: 'o.example', uid: ['a:b', 'ada=x'] }, FEDERATED, raw))).toBe(
      '@ada=x:o.example',
    );
    expect(codeOf(map({ server: 'o.example', uid: [] }))).toBe('unusable-username');
  });

  it('has with its server 255 characters at most', () => {
    const server = `${'a'.repeat(62)}.${'b'.repeat(62)}.example`;
    const longest = 255 - 2 - server.length;
    expect(toFederatedNames(['x'.repeat(longest)], server)[0]).toHaveLength(255);
    expect(() => toFederatedNames(['x'.repeat(longest + 1)], server)).toThrow('Nobody can be called');
  });

  it('is told from others by its form', () => {
    expect(['@a:b', '@a', 'a:b', 'a'].map(hasFederatedForm)).toEqual([true, false, false, false]);
    expect(['@ada:b.example:8448', 'ada'].map(toLocalPart)).toEqual(['ada', 'ada']);
  });
});
