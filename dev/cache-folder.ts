import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where development tools keep what they have downloaded, between checkouts. */
export function cacheFolder(): string {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'chat-ldap-sync');
  mkdirSync(folder, { recursive: true });
  return folder;
}
