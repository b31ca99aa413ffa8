import type { Socket } from 'node:net';
import { isDomainRoot, isOwnPartition } from '../../../lib/directory/ldap/own-partitions.js';
import {
  doneMessage,
  entryMessage,
  octets,
  referenceMessage,
  resultMessage,
  tlv,
  type Request,
} from '../ldap-messages.js';
import { createLyingServers } from '../lying-servers.js';
import { addressOf, queryOf, sweepOnce } from '../sweeps.js';

const { serve } = createLyingServers();
const CONTROL = '1.2.840.113556.1.4.1339';
const OWN = [
  'ldap://lab.example/CN=Configuration,DC=lab,DC=example',
  'ldap://DomainDnsZones.lab.example/DC=DomainDnsZones,DC=lab,DC=example',
  'ldap://ForestDnsZones.lab.example/DC=ForestDnsZones,DC=lab,DC=example',
];
const CHILD = 'ldap://child.lab.example/DC=child,DC=lab,DC=example';
const QUERY = queryOf({ baseDN: 'DC=lab,DC=example', pageSize: 10 });

/** An Active Directory: it refers, unless the control keeps it from that. */
const toDirectory =
  (controls: readonly string[], references: readonly string[]) =>
  ({ id, bytes }: Request, socket: Socket): void => {
    // Of a search for the root entry, the base is empty and the scope is the base object.
    if (bytes.includes(Buffer.from('04000a0100', 'hex'))) {
      socket.write(entryMessage(id, '', [['supportedControl', ...controls]]));
      socket.write(doneMessage(id));
      return;
    }
    const isQuiet = bytes.includes(CONTROL);
    if (!isQuiet) for (const url of references) socket.write(referenceMessage(id, url));
    if (bytes.includes('objectGUID')) return void socket.write(doneMessage(id));
    socket.write(entryMessage(id, 'CN=Ada,DC=lab,DC=example'));
    socket.write(doneMessage(id, 0, ''));
  };

describe('a sweep of a domain’s root', () => {
  it.each([
    ['with the control where the server has it', [CONTROL], true],
    ['without it where it has not', ['1.2.840.113556.1.4.319'], false],
  ])('asks %s, and is complete', async (_, controls, isAsked) => {
    const { port, requests } = await serve(toDirectory(controls, OWN));
    const { entries, end } = await sweepOnce(addressOf({ port, isActiveDirectory: true }), QUERY);
    expect(entries).toHaveLength(1);
    expect(end).toEqual({ complete: true });
    expect(requests.some(({ bytes }) => bytes.includes(CONTROL))).toBe(isAsked);
  });

  it('asks no root entry for a base within the domain, nor of another server', async () => {
    const { port, requests } = await serve(toDirectory([CONTROL], OWN));
    await sweepOnce(addressOf({ port, isActiveDirectory: true }), {
      ...QUERY,
      baseDN: 'OU=x,DC=lab,DC=example',
    });
    await sweepOnce(addressOf({ port }), QUERY);
    expect(requests.filter(({ tag }) => tag === 0x63)).toHaveLength(2);
  });

  it.each([[[CONTROL]], [[]]])('does not take a child domain for read: controls %j', async (controls) => {
    const { port } = await serve(toDirectory(controls, [...OWN, CHILD]));
    const { entries, end } = await sweepOnce(addressOf({ port, isActiveDirectory: true }), QUERY);
    expect(entries).toHaveLength(1);
    expect(end).toMatchObject({
      complete: false,
      reason: 'referral',
      message: expect.stringMatching(/searched: ldap:\/\/child\.lab\.example[^,]*,DC=lab,DC=example\.$/),
      remedy: expect.stringContaining('ldap.approveRun'),
    });
  });

  it.each([
    ['a partition of its own', OWN.slice(0, 1), { complete: true }],
    ['all of them', OWN, { complete: true }],
    ['all of them and a child', [...OWN, CHILD], { complete: false, reason: 'referral' }],
    ['more than is read', Array<string>(20).fill(OWN[0] ?? ''), { complete: false, reason: 'referral' }],
  ])('takes a referral to %s the same way', async (_, urls, wanted) => {
    const referral = tlv(0xa3, ...urls.map((url) => octets(url)));
    const { port } = await serve(({ id }, socket) => socket.write(resultMessage(id, 0x65, 10, '', referral)));
    expect((await sweepOnce(addressOf({ port }), QUERY)).end).toMatchObject(wanted);
  });
});

describe('a reference', () => {
  it.each([
    ...OWN,
    'ldap://lab.example/CN=Schema,CN=Configuration,DC=lab,DC=example',
    'ldaps://dc1.lab.example:636/dc=forestdnszones,dc=lab,dc=example??sub',
    'ldap:///CN%3DConfiguration%2CDC%3Dlab%2CDC%3Dexample??sub?(objectClass=*)',
    'ldap://lab.example/CN=Configuration, DC=lab, DC=example',
  ])('leads to a partition without people: %s', (url) => {
    expect(isOwnPartition(url)).toBe(true);
  });

  it.each([
    '',
    'unnamed',
    CHILD,
    'ldap://lab.example/DC=lab,DC=example',
    'ldap://lab.example/OU=Configuration,DC=lab,DC=example',
    'ldap://lab.example/CN=Configuration,OU=people,DC=lab,DC=example',
    'ldap://lab.example/OU=x,CN=Configuration,DC=lab,DC=example',
    'ldap://CN=Configuration,DC=lab,DC=example',
    'ldap://lab.example/CN=Configuration',
    'http://lab.example/CN=Configuration,DC=lab,DC=example',
    'ldap://lab.example/%zz',
  ])('may lead to people: %j', (url) => {
    expect(isOwnPartition(url)).toBe(false);
  });

  it.each([
    ['DC=lab,DC=example', true],
    ['dc = lab , dc=example', true],
    ['OU=x,DC=lab,DC=example', false],
    ['o=example', false],
  ])('may come from the base %j: %j', (dn, isIt) => {
    expect(isDomainRoot(dn)).toBe(isIt);
  });
});
