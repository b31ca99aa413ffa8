import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the tools of 389-DS look for what they are told by the package. */
export const DS389_DEFAULTS = '/usr/share/dirsrv/inf/defaults.inf';

/**
 * The package's own file, with everything that is written below a folder, root as the user, and no systemd.
 * The tools read it below `PREFIX`.
 */
export function toDefaults(folder: string): string {
  const below = (...parts: readonly string[]): string => join(folder, ...parts);
  const places: Readonly<Record<string, string>> = {
    with_systemd: '0',
    user: 'root',
    group: 'root',
    sysconf_dir: below('etc'),
    initconfig_dir: below('etc'),
    config_dir: below('etc', 'dirsrv', 'slapd-{instance_name}'),
    schema_dir: below('etc', 'dirsrv', 'slapd-{instance_name}', 'schema'),
    cert_dir: below('etc', 'dirsrv', 'slapd-{instance_name}'),
    tmpfiles_d: below('etc', 'tmpfiles.d'),
    local_state_dir: below('var'),
    tmp_dir: below('run'),
    run_dir: below('run'),
    ldapi: below('run', 'ldapi'),
    pid_file: below('run', 'ns-slapd.pid'),
    lock_dir: below('lock'),
    inst_dir: below('lib', 'slapd-{instance_name}'),
    log_dir: below('log'),
    ...Object.fromEntries(
      ['access', 'audit', 'error', 'security'].map((log) => [`${log}_log`, below('log', log)]),
    ),
    db_dir: below('db'),
    db_home_dir: below('db-home'),
    backup_dir: below('backup'),
    ldif_dir: below('ldif'),
  };
  return readFileSync(DS389_DEFAULTS, 'utf8').replace(/^(\w+) *=.*$/gm, (line, key: string) => {
    const value = places[key];
    return value === undefined ? line : `${key} = ${value}`;
  });
}

/** The folders that its tools expect to be there. */
export const DS389_FOLDERS: readonly string[] = [
  'share/dirsrv/inf',
  'etc/dirsrv',
  'run',
  'lib',
  'log',
  'lock',
  'db',
  'db-home',
  'backup',
  'ldif',
  'var',
];
