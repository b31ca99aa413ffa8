import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildServer } from './child-server.js';
import { findMissing, findProgram } from './find-program.js';
import { findFreePort } from './free-port.js';
import { ldapmodify } from './ldapmodify.js';

/** OpenLDAP's server, for tests, the demo and benchmarks. */
export interface Slapd {
  readonly url: string;
  readonly port: number;
  readonly ldapsPort: number | undefined;
  readonly suffix: string;
  readonly rootDN: string;
  readonly rootPassword: string;
  /** LDIF change records (`changetype: …`), applied as the administrator. */
  modify(ldif: string): void;
  stop(): Promise<void>;
}

export interface SlapdOptions {
  readonly suffix: string;
  /** Entries, the suffix's own first. Loaded offline. */
  readonly ldif: string;
  /** More lines for the database section of slapd.conf, such as `limits …` or `access …`. */
  readonly databaseConfig?: string;
  readonly globalConfig?: string;
  /** PEM files. StartTLS is offered on the plain port, LDAPS on one of its own. */
  readonly tls?: { readonly ca: string; readonly cert: string; readonly key: string };
}

const SCHEMAS = ['/etc/ldap/schema', '/etc/openldap/schema', '/opt/homebrew/etc/openldap/schema'];
const MODULES = ['/usr/lib/ldap', '/usr/lib64/openldap', '/usr/lib/openldap'];
const ROOT_PASSWORD = 'root-secret';
/** AppArmor's profile of a packaged slapd, which keeps it out of temporary folders. */
const CONFINEMENT = '/etc/apparmor.d/usr.sbin.slapd';

/** Why no slapd can be started here; `undefined`: it can. */
export function findSlapdLack(): string | undefined {
  return findMissing(['slapd', 'ldapmodify']).length > 0 || findSchemas() === undefined
    ? 'SLAPD IS NOT INSTALLED. Install it: apt-get install slapd ldap-utils'
    : undefined;
}

/** Starts a server of its own on free loopback ports, loaded with `ldif`. */
export async function startSlapd(options: SlapdOptions): Promise<Slapd> {
  const installed = findProgram('slapd');
  if (installed === undefined) throw new Error('slapd is not installed: apt-get install slapd ldap-utils');
  const folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-slapd-'));
  try {
    const slapd = existsSync(CONFINEMENT) ? copyTo(folder, installed) : installed;
    const rootDN = `cn=admin,${options.suffix}`;
    const config = join(folder, 'slapd.conf');
    mkdirSync(join(folder, 'db'));
    writeFileSync(config, toConfig(folder, rootDN, options));
    writeFileSync(join(folder, 'people.ldif'), options.ldif);
    load(slapd, config, join(folder, 'people.ldif'));
    const port = await findFreePort();
    const ldapsPort = options.tls ? await findFreePort() : undefined;
    const urls = [
      `ldap://127.0.0.1:${port}/`,
      ...(ldapsPort === undefined ? [] : [`ldaps://127.0.0.1:${ldapsPort}/`]),
    ];
    const server = await startChildServer({
      command: slapd,
      args: ['-d', '0', '-f', config, '-h', urls.join(' ')],
      port,
      folder,
    });
    const url = `ldap://127.0.0.1:${port}`;
    return {
      url,
      port,
      ldapsPort,
      suffix: options.suffix,
      rootDN,
      rootPassword: ROOT_PASSWORD,
      modify(ldif) {
        ldapmodify({ url, dn: rootDN, password: ROOT_PASSWORD }, ldif);
      },
      async stop() {
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** A profile is tied to the path of a program; a copy runs without it. */
function copyTo(folder: string, program: string): string {
  const copy = join(folder, 'slapd');
  copyFileSync(program, copy);
  return copy;
}

function load(slapd: string, config: string, ldif: string): void {
  const result = spawnSync(slapd, ['-Ta', '-q', '-f', config, '-l', ldif], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`slapadd failed: ${result.stderr}`);
}

function toConfig(
  folder: string,
  rootDN: string,
  { suffix, databaseConfig = '', globalConfig = '', tls }: SlapdOptions,
): string {
  const schemas = findSchemas() ?? '';
  const modules = MODULES.find(
    (path) => existsSync(join(path, 'back_mdb.so')) || existsSync(join(path, 'back_mdb.la')),
  );
  return [
    ...['core', 'cosine', 'inetorgperson'].map((name) => `include ${schemas}/${name}.schema`),
    ...(modules === undefined ? [] : [`modulepath ${modules}`, 'moduleload back_mdb']),
    `pidfile ${folder}/slapd.pid`,
    'sizelimit unlimited',
    ...(tls
      ? [
          `TLSCACertificateFile ${tls.ca}`,
          `TLSCertificateFile ${tls.cert}`,
          `TLSCertificateKeyFile ${tls.key}`,
        ]
      : []),
    globalConfig,
    'database mdb',
    'maxsize 4294967296',
    `suffix "${suffix}"`,
    `rootdn "${rootDN}"`,
    `rootpw ${ROOT_PASSWORD}`,
    `directory ${folder}/db`,
    'index objectClass,uid,entryUUID eq',
    'dbnosync',
    databaseConfig,
    '',
  ].join('\n');
}

function findSchemas(): string | undefined {
  return SCHEMAS.find((path) => existsSync(join(path, 'core.schema')));
}
