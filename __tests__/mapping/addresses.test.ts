import { mapEntry } from '../../lib/mapping/map-entry.js';
import type { MappingSettings } from '../../lib/settings/sync-settings.js';
import { MAPPING, toEntry } from '../setup/entries.js';

const IDENTITY = { id: '00', idAttribute: 'entryUUID' };
type Values = Parameters<typeof toEntry>[1];

const map = (values: Values, settings: Partial<MappingSettings> = {}) =>
  mapEntry(toEntry('uid=ada,dc=x', { uid: 'ada', cn: 'Ada', ...values }), IDENTITY, {
    ...MAPPING,
    ...settings,
  });
function person(values: Values, settings: Partial<MappingSettings> = {}) {
  const mapped = map(values, settings);
  if ('rejection' in mapped) throw new Error(mapped.rejection.reason);
  return mapped.person;
}
function rejection(values: Values, settings: Partial<MappingSettings> = {}) {
  const mapped = map(values, settings);
  if ('person' in mapped) throw new Error(`was mapped: ${mapped.person.emails.join(' ')}`);
  return mapped.rejection;
}
const PROXIES = { emailAttributes: ['proxyAddresses', 'mail'] };

describe('an address', () => {
  it.each([
    ['SMTP:a@x.org', 'a@x.org'],
    ['smtp:a@x.org', 'a@x.org'],
    ['mailto:a@x.org', 'a@x.org'],
    ['MAILTO:a@x.org', 'a@x.org'],
    ['<a@x.org>', 'a@x.org'],
    ['  a@x.org\t', 'a@x.org'],
    ["o'neil+chat@x-y.org", "o'neil+chat@x-y.org"],
    ['a@localhost', 'a@localhost'],
    ['jose\u0301@x.org', 'jos\u00e9@x.org'],
    ['a@b\u00fccher.example', 'a@b\u00fccher.example'],
  ])('%j is read as %s', (mail, address) => {
    expect(person({ mail }).emails).toEqual([address]);
  });

  it.each([
    ['ada', 'address must contain one @ character'],
    ['a@x@x', 'address cannot contain more than one @ character'],
    ['a b@x.org', 'it holds a blank'],
    ['a@x.org b@x.org', 'it holds a blank'],
    ['a\u00a0b@x.org', 'it holds a blank'],
    ['Ada <a@x.org>', 'it holds a blank'],
    ['"a"@x.org', 'address local part contains invalid character'],
    ['<<a@x.org>>', 'address local part contains invalid character'],
    ['a@x.org,b@x.org', 'address cannot contain more than one @ character'],
    ['a..b@x.org', 'address local part contains empty dot-separated segment'],
    ['a@.org', 'domain contains empty dot-separated segment'],
    ['a@10.0.0.1', 'domain contains invalid tld character'],
    ['mailto:a%2Cb@x.org', 'it is a URL with escaped characters'],
    ['mailto:a@x.org?subject=x', 'domain contains invalid character'],
    ['smtp:sip:a@x.org', 'address local part contains invalid character'],
    [`${'a'.repeat(65)}@x.org`, 'address local part too long'],
    ['sip:a@x.org', 'it is an address of another kind (sip)'],
    ['X500:/o=x/cn=a@x.org', 'it is an address of another kind (X500)'],
    ['a\u200bda@x.org', 'it holds the invisible character U+200B'],
    ['ada@x\u00ad.org', 'it holds the invisible character U+00AD'],
    ['\ufeffada@x.org', 'it holds the invisible character U+FEFF'],
    ['ada\u202e@x.org', 'it holds the invisible character U+202E'],
    ['ada\u{e0041}@x.org', 'it holds the invisible character U+E0041'],
    ['ad\u200da@x.org', 'it holds the invisible character U+200D'],
    ['ada\ufe0f@x.org', 'it holds the invisible character U+FE0F'],
  ])('%j is none, and the entry is rejected with that value', (mail, why) => {
    expect(rejection({ mail })).toMatchObject({
      code: 'unusable-address',
      params: { source: 'mail', why },
      reason: expect.stringMatching(/^mail has ".*", which is no e-mail address: /),
      remedy: 'Correct mail in the directory, or map another attribute.',
    });
  });

  it('is shown with what is invisible in it', () => {
    expect(rejection({ mail: 'a\u200bda@x.org' }).reason).toBe(
      'mail has "a<U+200B>da@x.org", which is no e-mail address: it holds the invisible character U+200B.',
    );
  });

  it('is missing only where the entry has none', () => {
    expect(rejection({}).code).toBe('no-email-address');
    expect(rejection({ mail: ' ' }).code).toBe('no-email-address');
  });
});

describe('several addresses', () => {
  it('begin with the one that Active Directory names first, whatever its place', () => {
    const proxyAddresses = ['smtp:a@x.org', 'X400:c=US', 'SMTP:z@x.org', 'sip:z@x.org', 'smtp:b@x.org'];
    const { emails, primaryAddress, remark } = person({ proxyAddresses }, PROXIES);
    expect([emails, primaryAddress, remark]).toEqual([
      ['z@x.org', 'a@x.org', 'b@x.org'],
      'z@x.org',
      undefined,
    ]);
  });

  it('are sorted by themselves, whatever kind is in front', () => {
    expect(person({ mail: ['smtp:a@x.org', 'b@x.org'] }).emails).toEqual(['a@x.org', 'b@x.org']);
  });

  it('have no first one where two are named', () => {
    const { emails, primaryAddress } = person({ mail: ['SMTP:z@x.org', 'SMTP:a@x.org'] });
    expect([emails, primaryAddress]).toEqual([['a@x.org', 'z@x.org'], undefined]);
  });

  it('are those of the next attribute where one holds none', () => {
    const values = { proxyAddresses: ['X500:/o=x', 'sip:a@x.org'], mail: 'ada@x.org' };
    expect(person(values, PROXIES)).toMatchObject({ emails: ['ada@x.org'], remark: undefined });
  });

  it('are kept when one of them is none, of which the report tells', () => {
    expect(person({ mail: ['ada@x.org', 'ada@x@x'] })).toMatchObject({
      emails: ['ada@x.org'],
      remark: { code: 'unusable-address', params: { address: 'ada@x@x', source: 'mail' } },
    });
  });

  it('are told of three at a time', () => {
    expect(rejection({ mail: ['a', 'b', 'c', 'd', 'e'] }).reason).toMatch(
      /^mail has "a", .*; mail has "c", [^;]*; and 2 more\.$/,
    );
  });

  it.each([
    ['a case', ['ADA@x.org', 'ada@x.org'], ['ADA@x.org']],
    ['a case beyond ASCII', ['\u00e9cole@x.org', '\u00c9cole@x.org'], ['\u00c9cole@x.org']],
    ['composed and decomposed', ['e\u0301cole@x.org', '\u00e9cole@x.org'], ['\u00e9cole@x.org']],
    [
      'a domain in Unicode and in punycode',
      ['a@xn--bcher-kva.example', 'a@b\u00fccher.example'],
      ['a@b\u00fccher.example'],
    ],
    ['a kind', ['smtp:a@x.org', 'a@x.org', '<a@x.org>'], ['a@x.org']],
  ])('are one when they differ in %s', (_, mail, emails) => {
    expect(person({ mail }).emails).toEqual(emails);
  });

  it('stay two where a letter only looks like another', () => {
    expect(person({ mail: ['k@x.org', '\u212a@x.org'] }).emails).toHaveLength(2);
  });
});

describe('an address that is built', () => {
  it.each<[string, Partial<MappingSettings>]>([
    ['ada@corp.org', { defaultDomain: 'x.org', slugifyUsername: false }],
    ['Ada Lovelace', { defaultDomain: 'x.org', slugifyUsername: false }],
  ])('has to be one, too: of the user name %s', (uid, settings) => {
    expect(rejection({ uid }, settings)).toMatchObject({
      code: 'unusable-address',
      reason: expect.stringMatching(new RegExp(`^LDAP_Default_Domain makes "${uid}@x.org", which is no `)),
      remedy: expect.stringContaining('LDAP_Default_Domain is put behind them'),
    });
  });

  it('takes the place of what is none, of which the report tells', () => {
    expect(person({ mail: 'none' }, { defaultDomain: 'x.org' })).toMatchObject({
      emails: ['ada@x.org'],
      hasBuiltAddress: true,
      remark: { code: 'unusable-address' },
    });
  });
});
