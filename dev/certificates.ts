import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files of a server's certificate, PEM. */
export interface ServerCertificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority of our own with what TLS tests need, in a temporary folder. */
export interface Certificates {
  /** The authority's certificate, PEM text. */
  readonly caText: string;
  /** An authority that signed none of these, PEM text. */
  readonly strangerCaText: string;
  /** For `localhost` and 127.0.0.1. */
  readonly server: ServerCertificate;
  /** For `localhost` only: wrong for 127.0.0.1. */
  readonly nameOnly: ServerCertificate;
  /** For a host name that is not ours. */
  readonly wrongName: ServerCertificate;
  /** Like `server`, and over since yesterday. */
  readonly expired: ServerCertificate;
  /** Like `server`, for 400 days, and sent with its authority, which ends in two. */
  readonly sentWithAuthority: ServerCertificate;
  /** Like `server`, signed by an authority between, which the server does not send. */
  readonly signedByIntermediate: ServerCertificate;
  /** The authority between, PEM text; the authority has signed it. */
  readonly intermediateText: string;
  remove(): void;
}

/** Makes them with the `openssl` command; good for two days. */
export function createCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-certificates-'));
  try {
    const ca = createAuthority(folder, 'ca', 'Test authority');
    const intermediate = createIntermediate(folder);
    const stranger = createAuthority(folder, 'stranger', 'Another authority');
    return {
      caText: readFileSync(ca, 'utf8'),
      strangerCaText: readFileSync(stranger, 'utf8'),
      server: createServerCertificate(folder, 'server', { names: 'DNS:localhost,IP:127.0.0.1' }),
      nameOnly: createServerCertificate(folder, 'name-only', { names: 'DNS:localhost' }),
      expired: createServerCertificate(folder, 'expired', { names: 'DNS:localhost,IP:127.0.0.1', days: -1 }),
      sentWithAuthority: sendWith(
        ca,
        createServerCertificate(folder, 'long', { names: 'DNS:localhost,IP:127.0.0.1', days: 400 }),
      ),
      signedByIntermediate: createServerCertificate(folder, 'below', {
        names: 'DNS:localhost,IP:127.0.0.1',
        by: 'between',
      }),
      intermediateText: readFileSync(intermediate, 'utf8'),
      wrongName: createServerCertificate(folder, 'wrong-name', { names: 'DNS:directory.example.org' }),
      remove: () => rmSync(folder, { recursive: true, force: true }),
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function createAuthority(folder: string, name: string, commonName: string): string {
  const cert = join(folder, `${name}.pem`);
  const subject = ['-subj', `/CN=${commonName}`, '-days', '2', '-addext', 'keyUsage=critical,keyCertSign'];
  openssl('req', '-x509', ...newKey(join(folder, `${name}.key`)), '-out', cert, ...subject);
  return cert;
}

function createIntermediate(folder: string): string {
  const extensions = 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign';
  return sign({ folder, name: 'between', subject: '/CN=Authority between', extensions, by: 'ca' });
}

function createServerCertificate(
  folder: string,
  name: string,
  { names, by = 'ca', days = 2 }: { readonly names: string; readonly by?: string; readonly days?: number },
): ServerCertificate {
  const extensions = `subjectAltName=${names}`;
  const cert = sign({ folder, name, subject: '/CN=LDAP server', extensions, by, days });
  return { ca: join(folder, 'ca.pem'), cert, key: join(folder, `${name}.key`) };
}

function sendWith(authority: string, server: ServerCertificate): ServerCertificate {
  appendFileSync(server.cert, readFileSync(authority));
  return server;
}

interface Signing {
  readonly folder: string;
  readonly name: string;
  readonly subject: string;
  readonly extensions: string;
  /** The authority's name. */
  readonly by: string;
  /** @default 2 */
  readonly days?: number;
}

/** Makes a key and a certificate for it; returns the path of the certificate. */
function sign({ folder, name, subject, extensions, by, days = 2 }: Signing): string {
  const path = (ending: string): string => join(folder, `${name}.${ending}`);
  const authority = [
    '-CA',
    join(folder, `${by}.pem`),
    '-CAkey',
    join(folder, `${by}.key`),
    '-CAcreateserial',
  ];
  writeFileSync(path('ext'), `${extensions}\n`);
  openssl('req', ...newKey(path('key')), '-out', path('csr'), '-subj', subject);
  const request = ['-in', path('csr'), '-out', path('pem'), '-days', String(days), '-extfile', path('ext')];
  openssl('x509', '-req', ...request, ...authority);
  return path('pem');
}

function newKey(path: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', path];
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
