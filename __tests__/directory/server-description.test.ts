import { describeProduct, toServerText } from '../../lib/directory/server-description.js';
import { findServerTypeMismatch } from '../../lib/settings/directory-server-type.js';
import { parseSettings } from '../../lib/settings/settings.js';

const toRoot = (values: Readonly<Record<string, readonly string[] | string>>) =>
  new Map(Object.entries(values).map(([name, value]) => [name, [value].flat()]));
const vendor = (vendorname: string, vendorversion = '') => toRoot({ vendorname, vendorversion });
const AD = '1.2.840.113556.1.4.800';

/** Root entries as these servers send them. */
const SERVERS: readonly (readonly [string, string | undefined, ReturnType<typeof toRoot>])[] = [
  [
    'active-directory',
    'Windows Server 2016 or later',
    toRoot({
      supportedcapabilities: [AD, '1.2.840.113556.1.4.1670'],
      domaincontrollerfunctionality: '7',
      issynchronized: 'TRUE',
    }),
  ],
  ['active-directory', undefined, toRoot({ supportedcapabilities: [AD] })],
  ['ad-lds', undefined, toRoot({ supportedcapabilities: ['1.2.840.113556.1.4.1851'] })],
  [
    'samba',
    '4.17.12-Debian',
    toRoot({
      supportedcapabilities: [AD],
      vendorname: 'Samba Team (https://www.samba.org)',
      vendorversion: '4.17.12-Debian',
    }),
  ],
  ['openldap', undefined, toRoot({ objectclass: ['top', 'OpenLDAProotDSE'] })],
  ['389-ds', '2.3.1', vendor('389 Project', '389-Directory/2.3.1 B2023.083.0000')],
  ['389-ds', '1.4.3.39', vendor('389 Project', '389-Directory/1.4.3.39 B2024.121.1234')],
  ['unboundid', '8.3.0.0', vendor('Ping Identity Corporation', 'Ping Identity Directory Server 8.3.0.0')],
  ['unboundid', '4.0.14', vendor('UnboundID Corp.', 'UnboundID In-Memory Directory Server 4.0.14')],
  ['apacheds', '2.0.0.AM26', vendor('Apache Software Foundation', '2.0.0.AM26')],
  ['opendj', '7.2.0', vendor('ForgeRock AS.', 'ForgeRock Directory Services 7.2.0')],
  ['oracle', '11.1.1.7', vendor('Oracle Corporation', 'Oracle-Directory-Server-Enterprise-Edition/11.1.1.7')],
  ['edirectory', '9.2', vendor('NetIQ Corporation', 'LDAP Agent for NetIQ eDirectory 9.2 (40201.15)')],
  ['ibm', '6.4', vendor('International Business Machines (IBM)', '6.4')],
  ['domino', '12', vendor('HCL Software', 'Release 12')],
  ['lldap', '0.5.0', vendor('LLDAP', 'lldap_0.5.0')],
  ['authentik', '2024.2.1', vendor('goauthentik.io', 'authentik LDAP Outpost Version 2024.2.1')],
  ['other', undefined, vendor('Somebody', '1.0')],
  ['unknown', undefined, toRoot({ objectclass: 'top' })],
];

describe('a directory server', () => {
  it.each(SERVERS)('is known by its root entry: %s %s', (kind, version, root) => {
    expect(describeProduct(root)).toMatchObject({ kind, ...(version ? { version } : {}) });
    expect(describeProduct(root).version).toBe(version);
  });

  it('that shows no root entry is unknown', () => {
    expect(describeProduct(undefined)).toMatchObject({ kind: 'unknown' });
  });

  it('is told on one line, with a host that can be read', () => {
    const product = describeProduct(vendor('389 Project', '389-Directory/2.3.1'));
    expect(toServerText({ host: 'ldap.example', port: 389, ...product })).toBe(
      '389 Directory Server 2.3.1 at ldap.example:389',
    );
    expect(toServerText({ host: '::1', port: 636, kind: 'openldap', name: 'OpenLDAP' })).toBe(
      'OpenLDAP at [::1]:636',
    );
  });
});

describe('the server type', () => {
  const find = (root: ReturnType<typeof toRoot>, type: string) =>
    findServerTypeMismatch(describeProduct(root), parseSettings(new Map([['LDAP_Server_Type', type]])));

  it.each(SERVERS)('that does not fit is told, and no other: %s %s', (kind, _, root) => {
    const isAd = ['active-directory', 'samba'].includes(kind);
    const isUnknown = ['ad-lds', 'authentik', 'other', 'unknown'].includes(kind);
    const problem = (says: string, code: string) => ({
      ...{ code, params: expect.any(Object) },
      setting: 'LDAP_Server_Type',
      message: expect.stringContaining(says),
      remedy: expect.stringContaining('LDAP_Server_Type'),
    });
    expect(find(root, 'ad')).toEqual(
      isAd || isUnknown ? undefined : problem('the settings say Active Directory', 'server-is-no-ad'),
    );
    expect(find(root, '')).toEqual(
      isAd ? problem('the settings say another server', 'server-is-ad') : undefined,
    );
  });

  it('of an OpenLDAP that is said to be an Active Directory is told in these words', () => {
    expect(find(toRoot({ objectclass: 'OpenLDAProotDSE' }), 'ad')?.message).toBe(
      'This is OpenLDAP, and the settings say Active Directory (LDAP_Server_Type is "ad").',
    );
  });
});
