import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  remove(): void;
}

/** Makes them with the `openssl` command; good for two days. */
export function createCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-certificates-'));
  try {
    const ca = createAuthority(folder, 'ca', 'Test authority');
    const stranger = createAuthority(folder, 'stranger', 'Another authority');
    return {
      caText: readFileSync(ca, 'utf8'),
      strangerCaText: readFileSync(stranger, 'utf8'),
      server: createServerCertificate(folder, 'server', 'DNS:localhost,IP:127.0.0.1'),
      nameOnly: createServerCertificate(folder, 'name-only', 'DNS:localhost'),
      wrongName: createServerCertificate(folder, 'wrong-name', 'DNS:directory.example.org'),
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

function createServerCertificate(folder: string, name: string, alternativeNames: string): ServerCertificate {
  const path = (ending: string): string => join(folder, `${name}.${ending}`);
  const ca = join(folder, 'ca.pem');
  writeFileSync(path('ext'), `subjectAltName=${alternativeNames}\n`);
  openssl('req', ...newKey(path('key')), '-out', path('csr'), '-subj', '/CN=LDAP server');
  const signing = [
    '-CA',
    ca,
    '-CAkey',
    join(folder, 'ca.key'),
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    path('ext'),
  ];
  openssl('x509', '-req', '-in', path('csr'), '-out', path('pem'), ...signing);
  return { ca, cert: path('pem'), key: path('key') };
}

function newKey(path: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', path];
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
