import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildServer } from './child-server.js';
import { findMissing, findProgram } from './find-program.js';
import { findFreeAddress } from './free-address.js';
import { ldapmodify } from './ldapmodify.js';
import { runTool } from './run-tool.js';
import { REALM, SAMBA_BASE, toSambaConfig, WORKGROUP } from './samba-config.js';

/** Samba as a domain controller of an Active Directory of its own, for tests. */
export interface Samba {
  /** An address of the loopback network. */
  readonly host: string;
  readonly port: number;
  readonly baseDN: string;
  readonly adminDN: string;
  readonly adminPassword: string;
  /** LDIF change records (`changetype: …`), applied over LDAP as the administrator. */
  modify(ldif: string): void;
  /** Takes a deleted account out of the recycle bin, with all that it had, below `unit`. Needs `recycleBin`. */
  restore(account: string, unit: string): Promise<void>;
  stop(): Promise<void>;
}

export interface SambaOptions {
  /** Entries below `SAMBA_BASE`, parents first. Put in before the server starts, which is much faster. */
  readonly ldif: string;
  /** Changes of them that cannot be made with the first: they are put in afterwards, in the same way. */
  readonly changes?: string;
  /** What is deleted keeps its attributes. @default it keeps what its tombstone has */
  readonly recycleBin?: boolean;
}

/** Both are fixed in its source: LDAP, and the global catalogue. */
const PORTS = [389, 3268] as const;
const ADMIN_PASSWORD = 'Administers.All1';
const PROGRAMS = ['samba', 'samba-tool', 'ldbadd', 'ldbmodify', 'ldapmodify'];
const TEMPLATES = '/usr/share/samba/setup';
const PACKAGES = 'samba-ad-dc samba-ad-provision ldb-tools ldap-utils';

/** Samba's own tools are written for it. */
const PYTHON = '/usr/bin/python3';
const RESTORE = join(import.meta.dirname, 'restore-deleted.py');
/** Switches the optional feature on (MS-ADTS 3.1.1.9.1). */
const RECYCLE_BIN = `dn:
changetype: modify
add: enableOptionalFeature
enableOptionalFeature: CN=Partitions,CN=Configuration,${SAMBA_BASE}:766ddcd8-acd0-445e-f3b9-a7f9b6744f2a
`;

/** Why no Samba can be started here; `undefined`: it can. */
export function findSambaLack(): string | undefined {
  if (findMissing(PROGRAMS).length > 0 || !existsSync(TEMPLATES))
    return `SAMBA IS NOT INSTALLED. Install it: apt-get install --no-install-recommends ${PACKAGES}`;
  return process.getuid?.() === 0 ? undefined : 'SAMBA NEEDS ROOT: its LDAP port is 389. Run as root.';
}

/** Makes a domain in a temporary folder, fills it, and starts its server on a loopback address of its own. */
export async function startSamba({ ldif, changes, recycleBin = false }: SambaOptions): Promise<Samba> {
  const lack = findSambaLack();
  if (lack !== undefined) throw new Error(lack);
  const folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-samba-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const host = await findFreeAddress(PORTS);
    await provision(folder, host);
    const config = writeConfig(folder, host);
    await fill(folder, 'ldbadd', ldif);
    if (changes !== undefined) await fill(folder, 'ldbmodify', changes);
    // Not in a transaction with anything else.
    if (recycleBin) await fill(folder, 'ldbmodify', RECYCLE_BIN);
    const server = await startChildServer({
      command: findProgram('samba') ?? 'samba',
      args: ['-F', '-M', 'single', '--no-process-group', '-s', config],
      host,
      port: PORTS[0],
      folder,
    });
    const adminDN = `CN=Administrator,CN=Users,${SAMBA_BASE}`;
    const admin = { url: `ldap://${host}:${PORTS[0]}`, dn: adminDN, password: ADMIN_PASSWORD };
    return {
      host,
      port: PORTS[0],
      baseDN: SAMBA_BASE,
      adminDN,
      adminPassword: ADMIN_PASSWORD,
      modify: (records) => ldapmodify(admin, records),
      restore: (account, unit) => runTool(PYTHON, [RESTORE, config, account, unit]),
      async stop() {
        await server.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * Nothing but the folder is written; extended attributes, which not every file system has, go into a file.
 */
async function provision(folder: string, host: string): Promise<void> {
  const domain = [`--realm=${REALM}`, `--domain=${WORKGROUP}`, `--adminpass=${ADMIN_PASSWORD}`];
  const place = ['--host-name=dc1', `--host-ip=${host}`, `--targetdir=${folder}`];
  const options = [
    `interfaces=${host}/8`,
    'bind interfaces only=yes',
    'vfs objects=dfs_samba4 acl_xattr xattr_tdb',
    'ldb:nosync=true',
  ].map((option) => `--option=${option}`);
  const kind = ['--server-role=dc', '--dns-backend=SAMBA_INTERNAL'];
  await runTool('samba-tool', ['domain', 'provision', ...kind, ...domain, ...place, ...options]);
}

function writeConfig(folder: string, host: string): string {
  const config = join(folder, 'etc', 'smb.conf');
  for (const name of ['run', 'etc']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(config, toSambaConfig(folder, host));
  return config;
}

/** All of it in one transaction. */
async function fill(folder: string, program: 'ldbadd' | 'ldbmodify', ldif: string): Promise<void> {
  const file = join(folder, `${program}.ldif`);
  writeFileSync(file, ldif);
  const config = `--configfile=${join(folder, 'etc', 'smb.conf')}`;
  await runTool(program, [config, '-H', join(folder, 'private', 'sam.ldb'), file]);
}
