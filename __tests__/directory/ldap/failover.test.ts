import { createSocket, type Socket as DnsSocket } from 'node:dgram';
import { getServers, setServers } from 'node:dns';
import type { Socket } from 'node:net';
import { findFreePort } from '../../../dev/free-port.js';
import type { DirectoryAddress, DirectoryHost } from '../../../lib/directory/directory.js';
import { openLdapDirectory } from '../../../lib/directory/ldap/ldap-directory.js';
import { doneMessage, entryMessage, OPERATION, resultMessage, type Request } from '../ldap-messages.js';
import { BIND, createLyingServers } from '../lying-servers.js';
import { addressOf, failureOf, queryOf, readAll } from '../sweeps.js';

const { serve } = createLyingServers();
const QUERY = queryOf({ baseDN: 'ou=people,dc=example,dc=org' });
type Answer = (request: Request, socket: Socket) => void;

/** Answers a search with one entry, named after the server. */
const good =
  (name: string): Answer =>
  ({ id }, socket) =>
    socket.write(Buffer.concat([entryMessage(id, `cn=${name}`), doneMessage(id)]));
const onBind =
  (code: number): Answer =>
  ({ id, tag }, socket) =>
    socket.write(
      tag === OPERATION.bindRequest ? resultMessage(id, OPERATION.bindResponse, code) : doneMessage(id, code),
    );
const onSearch =
  (answer: Answer): Answer =>
  (request, socket) =>
    request.tag === OPERATION.bindRequest
      ? void socket.write(resultMessage(request.id, OPERATION.bindResponse, 0))
      : answer(request, socket);

/** Ways in which the first host does not serve. */
const AWAY: Readonly<Record<string, Answer>> = {
  'closes instead of a bind': (_, socket) => socket.end(),
  'resets instead of a bind': (_, socket) => socket.resetAndDestroy(),
  'is silent': () => undefined,
  'is busy at the bind': onBind(51),
  'is unavailable at the bind': onBind(52),
  'closes at the first search': onSearch((_, socket) => socket.end()),
  'is silent at the first search': onSearch(() => undefined),
  'is busy at the first search': onSearch(({ id }, socket) => socket.write(doneMessage(id, 51))),
  'is unavailable at the first search': onSearch(({ id }, socket) => socket.write(doneMessage(id, 52))),
};

const local = (port: number): DirectoryHost => ({ host: '127.0.0.1', port });
const toAddress = (port: number, changes: Partial<DirectoryAddress> = {}): DirectoryAddress =>
  addressOf({ port, bind: BIND, connectTimeoutMs: 500, operationTimeoutMs: 500, ...changes });

async function namesOf(address: DirectoryAddress): Promise<readonly string[]> {
  const directory = await openLdapDirectory(address);
  const { entries, error } = await readAll(directory, QUERY);
  directory.close();
  if (error instanceof Error) throw error;
  return entries.map(({ dn }) => dn);
}

describe('a directory with more than one host', () => {
  it.each(Object.keys(AWAY))('goes on to the next one when the first %s', async (way) => {
    const first = await serve(AWAY[way] as Answer, true);
    const second = await serve(good('second'));
    expect(await namesOf(toAddress(first.port, { failoverHosts: [local(second.port)] }))).toEqual([
      'cn=second',
    ]);
  });

  it('goes on past hosts that cannot be reached, and says who answered', async () => {
    const nobody = await findFreePort();
    const second = await serve(good('second'));
    const failoverHosts = [{ host: 'no-such-host.invalid', port: 389 }, local(second.port)];
    const directory = await openLdapDirectory(toAddress(nobody, { failoverHosts }));
    expect(await directory.describeServer()).toMatchObject({ host: '127.0.0.1', port: second.port });
    directory.close();
  });

  it('says what every host said when none serves', async () => {
    const first = await serve(onBind(52), true);
    const second = await serve(onBind(51), true);
    expect(
      await failureOf(namesOf(toAddress(first.port, { failoverHosts: [local(second.port)] }))),
    ).toMatchObject({
      code: 'directory-bind',
      message: expect.stringMatching(/^None of 2 hosts can be used\. .*unavailable.*busy/),
    });
  });

  it.each([49, 53])('does not try an account that is refused (%i) on the others', async (code) => {
    const first = await serve(onBind(code), true);
    const second = await serve(good('second'));
    await failureOf(namesOf(toAddress(first.port, { failoverHosts: [local(second.port)] })));
    expect(second.requests).toEqual([]);
  });

  it('stays with the host of the first page: what comes after is lost with it', async () => {
    const first = await serve(({ id }, socket) => {
      if (first.requests.filter(({ tag }) => tag === OPERATION.searchRequest).length > 1) socket.destroy();
      else socket.write(Buffer.concat([entryMessage(id, 'cn=first'), doneMessage(id, 0, 'more')]));
    });
    const second = await serve(good('second'));
    const directory = await openLdapDirectory(toAddress(first.port, { failoverHosts: [local(second.port)] }));
    const { entries, error } = await readAll(directory, { ...QUERY, pageSize: 1 });
    expect(entries.map(({ dn }) => dn)).toEqual(['cn=first']);
    expect(error).toMatchObject({ code: 'directory-lost' });
    expect((await readAll(directory, QUERY)).error).toBeDefined();
    expect(second.requests).toEqual([]);
    directory.close();
  });

  it('asks no other host when it has been stopped', async () => {
    const controller = new AbortController();
    const first = await serve(() => controller.abort(), true);
    const second = await serve(good('second'));
    const opening = openLdapDirectory(
      toAddress(first.port, { failoverHosts: [local(second.port)] }),
      controller.signal,
    );
    expect(await failureOf(opening)).toMatchObject({ code: 'run-stopped' });
    expect(second.requests).toEqual([]);
  });
});

describe('an SRV record as the host', () => {
  let dns: DnsSocket;
  let records: readonly (readonly [priority: number, port: number, target: string])[];
  const before = getServers();

  beforeAll(async () => {
    dns = createSocket('udp4', (query, { port, address }) => {
      dns.send(toSrvAnswer(query, records), port, address);
    });
    await new Promise<void>((resolve) => dns.bind(0, '127.0.0.1', resolve));
    setServers([`127.0.0.1:${dns.address().port}`]);
  });
  afterAll(() => {
    setServers(before);
    dns.close();
  });

  const named = (changes: Partial<DirectoryAddress> = {}) =>
    toAddress(389, { host: '_ldap._tcp.example.org', ...changes });

  it('brings the servers in the order of their priority', async () => {
    const [one, two] = [await serve(good('one')), await serve(good('two'))];
    records = [
      [20, two.port, 'localhost'],
      [10, one.port, 'localhost'],
    ];
    expect(await namesOf(named())).toEqual(['cn=one']);
    records = [
      [20, two.port, 'localhost'],
      [10, await findFreePort(), 'localhost'],
    ];
    expect(await namesOf(named())).toEqual(['cn=two']);
  });

  it('that is not there is named, and hosts that are named are asked all the same', async () => {
    records = [];
    expect(await failureOf(namesOf(named()))).toMatchObject({
      code: 'directory-unreachable',
      message: expect.stringContaining('_ldap._tcp.example.org: there is no such SRV record'),
      remedy: expect.stringContaining('LDAP_Host'),
    });
    const { port } = await serve(good('named'));
    expect(await namesOf(named({ failoverHosts: [local(port)] }))).toEqual(['cn=named']);
  });

  it('leads no encrypted connection out of its domain while any authority may vouch', async () => {
    records = [[10, 636, 'ldap.attacker.example']];
    expect(await failureOf(namesOf(named({ encryption: 'ldaps' })))).toMatchObject({
      message: expect.stringContaining('names no server that can be used'),
      remedy: expect.stringContaining('LDAP_CA_Cert'),
    });
  });
});

/** A DNS answer (RFC 1035) with the SRV records (RFC 2782) to whatever was asked. */
function toSrvAnswer(
  query: Buffer,
  records: readonly (readonly [priority: number, port: number, target: string])[],
): Buffer {
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(records.length, 6);
  header.writeUInt16BE(0, 10);
  const nameEnd = query.indexOf(0, 12) + 1;
  const answers = records.map(([priority, port, target]) => {
    const name = Buffer.concat([
      ...target.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]),
      Buffer.from([0]),
    ]);
    const answer = Buffer.alloc(18);
    answer.writeUInt16BE(0xc00c, 0);
    answer.writeUInt16BE(33, 2);
    answer.writeUInt16BE(1, 4);
    answer.writeUInt32BE(1, 6);
    answer.writeUInt16BE(6 + name.length, 10);
    answer.writeUInt16BE(priority, 12);
    answer.writeUInt16BE(port, 16);
    return Buffer.concat([answer, name]);
  });
  return Buffer.concat([header, query.subarray(12, nameEnd + 4), ...answers]);
}
