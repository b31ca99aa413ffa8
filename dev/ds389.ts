import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildServer } from './child-server.js';
import { DS389_DEFAULTS, DS389_FOLDERS, toDefaults } from './ds389-defaults.js';
import { findMissing, findProgram } from './find-program.js';
import { findFreePort } from './free-port.js';
import { ldapmodify } from './ldapmodify.js';
import { runTool } from './run-tool.js';

/** 389 Directory Server, for tests. */
export interface Ds389 {
  readonly host: string;
  readonly port: number;
  readonly suffix: string;
  readonly rootDN: string;
  readonly rootPassword: string;
  /** LDIF change records (`changetype: …`), applied as the directory manager. */
  modify(ldif: string): void;
  stop(): Promise<void>;
}

export interface Ds389Options {
  readonly suffix: string;
  /** Entries, the suffix's own first. Loaded before the server starts. */
  readonly ldif: string;
}

const ROOT_DN = 'cn=Directory Manager';
const ROOT_PASSWORD = 'Manages.Directory1';
const PROGRAMS = ['ns-slapd', 'dscreate', 'ldapmodify'];
/** Where the package has what every instance begins with. */
const TEMPLATES = '/etc/dirsrv';

/** Why no 389-DS can be started here; `undefined`: it can. */
export function findDs389Lack(): string | undefined {
  if (findMissing(PROGRAMS).length > 0 || !existsSync(DS389_DEFAULTS))
    return (
      '389-DS IS NOT INSTALLED. Install it: apt-get install --no-install-recommends 389-ds-base ' +
      'ldap-utils'
    );
  return process.getuid?.() === 0 ? undefined : '389-DS NEEDS ROOT for its tools. Run as root.';
}

/** Makes an instance in a temporary folder, fills it, and starts it on a free loopback port. */
export async function startDs389({ suffix, ldif }: Ds389Options): Promise<Ds389> {
  const lack = findDs389Lack();
  if (lack !== undefined) throw new Error(lack);
  const folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-ds389-'));
  // A semaphore in shared memory has the instance's name.
  const instance = `t${randomBytes(6).toString('hex')}`;
  const remove = (): void => {
    endLeftOver(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    rmSync(`/dev/shm/sem.slapd-${instance}.stats`, { force: true });
  };
  try {
    const port = await findFreePort();
    const env = { ...process.env, LC_ALL: 'C.UTF-8', PREFIX: folder };
    const config = await create({ folder, instance, suffix, port, env });
    writeFileSync(join(folder, 'people.ldif'), ldif);
    const load = ['ldif2db', '-D', config, '-n', 'userroot', '-i', join(folder, 'people.ldif')];
    await runTool('ns-slapd', load, env);
    const server = await startChildServer({
      command: findProgram('ns-slapd') ?? 'ns-slapd',
      // With a debug level, even 0, it stays in the foreground.
      args: ['-D', config, '-i', join(folder, 'run', 'ns-slapd.pid'), '-d', '0'],
      port,
      folder,
      env,
    });
    const manager = { url: `ldap://127.0.0.1:${port}`, dn: ROOT_DN, password: ROOT_PASSWORD };
    return {
      host: '127.0.0.1',
      port,
      suffix,
      rootDN: ROOT_DN,
      rootPassword: ROOT_PASSWORD,
      modify: (records) => ldapmodify(manager, records),
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

/** `dscreate` starts the server for a moment, and leaves it when it fails. */
function endLeftOver(folder: string): void {
  try {
    const pid = readFileSync(join(folder, 'run', 'ns-slapd.pid'), 'utf8').trim();
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) process.kill(Number(pid), 'SIGKILL');
  } catch {
    // It has ended.
  }
}

interface Creation {
  readonly folder: string;
  readonly instance: string;
  readonly suffix: string;
  readonly port: number;
  readonly env: NodeJS.ProcessEnv;
}

/** Gives the folder of its configuration. */
async function create({ folder, instance, suffix, port, env }: Creation): Promise<string> {
  for (const name of DS389_FOLDERS) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['config', 'schema'])
    cpSync(join(TEMPLATES, name), join(folder, 'etc', 'dirsrv', name), { recursive: true });
  writeFileSync(join(folder, 'share', 'dirsrv', 'inf', 'defaults.inf'), toDefaults(folder));
  const answers = join(folder, 'instance.inf');
  writeFileSync(answers, toAnswers({ instance, suffix, port }));
  await runTool('dscreate', ['from-file', answers], env);
  const config = join(folder, 'etc', 'dirsrv', `slapd-${instance}`);
  const dse = join(config, 'dse.ldif');
  const listening = readFileSync(dse, 'utf8').replace(/^nsslapd-port:/m, 'nsslapd-listenhost: 127.0.0.1\n$&');
  writeFileSync(dse, listening);
  return config;
}

function toAnswers({ instance, suffix, port }: Pick<Creation, 'instance' | 'suffix' | 'port'>): string {
  return `[general]
strict_host_checking = False
start = False
systemd = False
[slapd]
instance_name = ${instance}
user = root
group = root
port = ${port}
root_dn = ${ROOT_DN}
root_password = ${ROOT_PASSWORD}
self_sign_cert = False
[backend-userroot]
suffix = ${suffix}
`;
}
