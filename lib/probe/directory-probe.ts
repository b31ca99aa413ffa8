import { LdapSyncError } from '../errors.js';
import { parseDirectoryAddress } from '../settings/directory-address.js';
import { parseSearch, searchFieldsOf } from '../settings/directory-search.js';
import { createSettingChecks, type SettingChecks } from '../settings/setting-checks.js';
import type { ReadSettings, Settings } from '../settings/settings.js';
import type { Directory, OpenDirectory } from '../directory/directory.js';
import { allOf, anyOf, equals, present } from '../directory/filter/search-filter.js';

/** Tries the settings out without changing anything. Rejects with `LdapSyncError`. */
export interface DirectoryProbe {
  /** Connects, negotiates TLS, binds and reads the base DN. */
  testConnection(): Promise<void>;
  /** Whether exactly one entry is found for a user name, as a sync would find it. */
  testSearch(username: string): Promise<boolean>;
}

interface Dependencies {
  readonly readSettings: ReadSettings;
  readonly openDirectory: OpenDirectory;
}

export function createDirectoryProbe({ readSettings, openDirectory }: Dependencies): DirectoryProbe {
  async function withDirectory<T>(
    use: (directory: Directory, settings: Settings, checks: SettingChecks) => Promise<T>,
  ): Promise<T> {
    const settings = await readSettings();
    const checks = createSettingChecks(settings);
    const address = parseDirectoryAddress(settings, checks);
    parseSearch(settings, checks);
    const [problem] = checks.problems;
    if (problem)
      throw new LdapSyncError('invalid-settings', `${problem.message} ${problem.remedy}`, {
        remedy: problem.remedy,
      });
    const directory = await openDirectory(address);
    try {
      return await use(directory, settings, checks);
    } finally {
      directory.close();
    }
  }

  async function countEntries(
    directory: Directory,
    query: Omit<Parameters<Directory['sweep']>[0], 'attributes' | 'pageSize' | 'sizeLimit'>,
  ): Promise<number> {
    let found = 0;
    for await (const page of directory.sweep({ ...query, attributes: [], pageSize: 0, sizeLimit: 2 }))
      found += page.length;
    return found;
  }

  return {
    testConnection: () =>
      withDirectory(async (directory, settings, checks) => {
        const { baseDN } = parseSearch(settings, checks);
        const found = await countEntries(directory, {
          baseDN,
          scope: 'base',
          filter: present('objectClass'),
        });
        if (found === 0) {
          throw new LdapSyncError('directory-search', `The entry ${baseDN} cannot be read.`, {
            remedy: 'Correct LDAP_BaseDN, or let the service account read it.',
          });
        }
      }),

    testSearch: (username) =>
      withDirectory(async (directory, settings, checks) => {
        const { baseDN, scope, filter } = parseSearch(settings, checks);
        const named = anyOf(searchFieldsOf(settings).map((field) => equals(field, username)));
        return (await countEntries(directory, { baseDN, scope, filter: allOf([filter, named]) })) === 1;
      }),
  };
}
