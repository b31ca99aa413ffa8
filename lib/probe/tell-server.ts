import { describeQuietly } from '../directory/describe-quietly.js';
import type { Directory, DirectoryAddress } from '../directory/directory.js';
import { nameAliases } from '../directory/name-aliases.js';
import { toServerText } from '../directory/server-description.js';
import type { Logger } from '../logger.js';
import { findServerTypeMismatch } from '../settings/directory-server-type.js';
import type { SettingChecks } from '../settings/setting-checks.js';
import type { Settings } from '../settings/settings.js';

/** What a test of the settings asked. */
interface Tested {
  readonly directory: Directory;
  readonly settings: Settings;
  readonly checks: Pick<SettingChecks, 'warnings'>;
  readonly address: DirectoryAddress;
  readonly search: { readonly baseDN: string };
  readonly signal: AbortSignal;
}

/** Logs which server answered, and what of the settings does not fit it. */
export async function tellServer(
  { directory, settings, checks, signal }: Tested,
  logger: Logger,
): Promise<void> {
  const server = await describeQuietly(directory, signal);
  if (server) {
    logger.info({ ...server }, `The LDAP test was answered by ${toServerText(server)}`);
    const mismatch = findServerTypeMismatch(server, settings);
    if (mismatch) logger.warn({ ...mismatch }, 'A setting does not fit the directory server');
  }
  for (const warning of checks.warnings) logger.warn({ ...warning }, 'A setting of LDAP should be mended');
}

/** Logs that there are aliases where nobody was found. */
export async function tellAliases(
  { directory, address, search, signal }: Tested,
  logger: Logger,
): Promise<void> {
  const problem = await nameAliases(directory, { address, search }, signal);
  if (problem) logger.warn({ ...problem }, 'The LDAP search finds nobody where there are aliases');
}
