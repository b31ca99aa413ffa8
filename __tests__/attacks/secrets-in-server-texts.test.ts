import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { inspect } from 'node:util';
import request from 'supertest';
import { openLdapDirectory } from '../../lib/directory/ldap/ldap-directory.js';
import {
  doneMessage,
  message,
  octets,
  OPERATION,
  startLyingServer,
  tlv,
  type LyingServer,
  type Request,
} from '../directory/ldap-messages.js';
import { addressOf, failureOf, queryOf, readAll } from '../directory/sweeps.js';
import { AUTH_HEADERS, createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase } from '../setup/mongo.js';
import { settingsFor } from '../setup/organisation.js';
import { TEXT_ENCODINGS } from '../setup/text-encodings.js';

const SECRET = 'Pä55-wort&<geheim>/1';
const BIND = { dn: 'cn=admin,dc=example,dc=org', password: SECRET };
const ENCODINGS = Object.entries(TEXT_ENCODINGS);

/** What a server says, in a place that it words. */
function resultOf(id: number, tag: number, code: number, text: Buffer, ...rest: readonly Buffer[]): Buffer {
  const codeBytes = tlv(0x0a, Buffer.from([code]));
  return message(id, tlv(tag, codeBytes, octets(text), octets(text), ...rest));
}

type Answer = (id: number, text: Buffer) => Buffer;

const IN_A_SEARCH: Readonly<Record<string, Answer>> = {
  'a search that failed': (id, text) => resultOf(id, 0x65, 80, text),
  'a base that is not there': (id, text) => resultOf(id, 0x65, 32, text),
  'a search that ended early': (id, text) => resultOf(id, 0x65, 4, text),
  'a result nobody knows': (id, text) => resultOf(id, 0x65, 122, text),
  'a referral': (id, text) => resultOf(id, 0x65, 10, text, tlv(0xa3, octets(text))),
  'a reference': (id, text) => Buffer.concat([message(id, tlv(0x73, octets(text))), doneMessage(id)]),
  'a notice of disconnection, then nonsense': (id, text) =>
    Buffer.concat([resultOf(0, 0x78, 52, text), text, resultOf(id, 0x65, 0, text)]),
};

describe('a server that repeats the service password', () => {
  const servers: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function serve(answer: (request: Request) => Buffer, takesBinds = false): Promise<LyingServer> {
    const server = await startLyingServer((asked, socket) => socket.write(answer(asked)), takesBinds);
    servers.push(server);
    return server;
  }

  async function bindTold(text: Buffer, bind = BIND): Promise<unknown> {
    const { port } = await serve(({ id }) => resultOf(id, OPERATION.bindResponse, 49, text), true);
    return failureOf(openLdapDirectory(addressOf({ port, bind })));
  }

  async function searchTold(answer: Answer, text: Buffer, bind = BIND): Promise<unknown> {
    const { port } = await serve(({ id }) => answer(id, text));
    const directory = await openLdapDirectory(addressOf({ port, bind }));
    const { error, end } = await readAll(directory, queryOf());
    directory.close();
    expect(error ?? end).not.toEqual({ complete: true });
    return error ?? end;
  }

  /** Everything that an error handler, a log or a report could print. */
  const printed = (told: unknown): string =>
    inspect(told, { depth: null, showHidden: true }) + JSON.stringify(told) + String(told);

  it.each(ENCODINGS)('does not get it told in any place: %s', async (_, encode) => {
    const encoded = encode(SECRET);
    const sentence = Buffer.concat([
      Buffer.from('refused: '),
      Buffer.from(encoded as string),
      Buffer.from(' is not it'),
    ]);
    const told = [await bindTold(sentence)];
    for (const answer of Object.values(IN_A_SEARCH)) told.push(await searchTold(answer, sentence));
    for (const one of told.slice(0, -1)) expect(printed(one)).toMatch(/refused: …|withheld/);
    for (const one of told) {
      expect(printed(one)).not.toContain(SECRET);
      expect(printed(one)).not.toContain(String(encoded).slice(0, 12));
    }
  });

  it.each(['a', 'ab c', '12345', '52e', '     x'])(
    'does not get anything told when the password is as short as %j: it could be anywhere',
    async (password) => {
      const text = Buffer.from(`80090308: LdapErr: ${password}, data 52e, v4563`);
      const told = printed(await bindTold(text, { ...BIND, password }));
      expect(told).toContain('the name or the password is wrong (the server says: (withheld: ');
      expect(told).not.toContain('LdapErr');
      expect(
        printed(await searchTold(IN_A_SEARCH['a search that failed'] as Answer, text, { ...BIND, password })),
      ).not.toContain('LdapErr');
    },
  );

  it('is still quoted where it does not', async () => {
    const words = '80090308: LdapErr: DSID-0C090446, comment: AcceptSecurityContext error, data 532, v4563';
    expect(printed(await bindTold(Buffer.from(words)))).toContain(words);
    for (const text of [
      'Größe überschritten: 1000 > 500 (50 %)',
      'x'.repeat(300),
      'QUJD'.repeat(60),
      '山田'.repeat(80),
    ])
      expect(
        printed(await searchTold(IN_A_SEARCH['a search that failed'] as Answer, Buffer.from(text))),
      ).toContain(text);
  });

  it('is quoted on one line, in bounds, without what cannot be seen', async () => {
    const text = Buffer.from(`a\r\n\u0007b\u202ec\u200bd\ufffee ${'y'.repeat(100_000)}`);
    const { message: told } = (await bindTold(text)) as Error;
    expect(told).toContain('a b c d e y');
    expect(told.length).toBeLessThan(500);
  });

  it('does not get it told by its certificate', async () => {
    const secret = 'geheim-wort-55.example';
    const { cert, key } = createSelfSigned(secret);
    const server = createServer({ cert, key }, (socket) => socket.on('error', () => undefined));
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push({ close: async () => void server.close() });
    const { port } = server.address() as AddressInfo;
    const bind = { ...BIND, password: secret };
    const address = addressOf({ port, encryption: 'ldaps', caCertificates: [cert], bind });
    const error = await failureOf(openLdapDirectory(address));
    expect(error).toMatchObject({
      code: 'directory-tls',
      message: expect.stringContaining('is not trusted'),
    });
    expect(printed(error)).not.toContain('geheim');
  });

  it('does not get it into a report, the log, or an answer over HTTP', async () => {
    const encoded = Buffer.from(`cn=admin:${SECRET}`).toString('base64');
    const { port } = await serve(({ id }) => resultOf(id, 0x65, 80, Buffer.from(`no: ${encoded}`)));
    const database = await openTestDatabase();
    const lines: unknown[] = [];
    const log = (...line: unknown[]): void => void lines.push(line);
    const { app, ldapSync } = createHost(database.connection, {
      logger: { debug: log, info: log, warn: log, error: log },
    });
    await seedAdmin(database.connection);
    await storeSettings(database.connection, settingsFor({ port, rootDN: BIND.dn, rootPassword: SECRET }));

    const report = await ldapSync.sync();
    const probes = await Promise.all([
      request(app).post('/api/v1/ldap.testConnection').set(AUTH_HEADERS),
      request(app).post('/api/v1/ldap.testSearch').set(AUTH_HEADERS).send({ username: 'ada' }),
    ]);
    const runs = await database.connection.collection('ldap_sync_runs').find().toArray();
    await ldapSync.stop();
    await database.close();
    expect(report).toMatchObject({ state: 'failed' });
    for (const place of [report, lines, probes.map(({ text }) => text), runs]) {
      expect(printed(place)).toContain('withheld');
      expect(printed(place)).not.toContain(encoded.slice(0, 12));
      expect(printed(place)).not.toContain(SECRET);
    }
  });
});

/** A certificate, and at once the authority that signed it, for a host of this name. */
function createSelfSigned(name: string): { cert: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-certificate-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key];
  const subject = ['-subj', '/CN=x', '-days', '2', '-addext', `subjectAltName=DNS:${name}`, '-out', cert];
  execFileSync('openssl', ['req', '-x509', ...curve, ...subject], { stdio: 'ignore' });
  const files = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  rmSync(folder, { recursive: true });
  return files;
}
