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
  /** @default one minute: somebody is waiting for the answer */
  readonly deadlineMs?: number;
}

/** What a probe does once it is connected. */
interface Probing {
  readonly directory: Directory;
  readonly settings: Settings;
  readonly checks: SettingChecks;
  readonly signal: AbortSignal;
}

export function createDirectoryProbe({
  readSettings,
  openDirectory,
  deadlineMs = 60_000,
}: Dependencies): DirectoryProbe {
  async function withDirectory<T>(use: (probing: Probing) => Promise<T>): Promise<T> {
    const settings = await readSettings();
    const checks = createSettingChecks(settings);
    const address = parseDirectoryAddress(settings, checks);
    parseSearch(settings, checks);
    const [problem] = checks.problems;
    if (problem)
      throw new LdapSyncError('invalid-settings', `${problem.message} ${problem.remedy}`, {
        remedy: problem.remedy,
      });
    const deadline = new AbortController();
    const { signal } = deadline;
    // A server that keeps sending, however slowly, is never silent.
    const timer = setTimeout(() => deadline.abort(tooLong(deadlineMs)), deadlineMs);
    try {
      const directory = await openDirectory(address, signal);
      try {
        return await use({ directory, settings, checks, signal });
      } finally {
        directory.close();
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async function countEntries(
    { directory, signal }: Probing,
    query: Omit<Parameters<Directory['sweep']>[0], 'attributes' | 'pageSize' | 'sizeLimit'>,
  ): Promise<number> {
    let found = 0;
    const few = { ...query, attributes: [], pageSize: 0, sizeLimit: 2 };
    for await (const page of directory.sweep(few, signal)) found += page.length;
    return found;
  }

  return {
    testConnection: () =>
      withDirectory(async (probing) => {
        const { baseDN } = parseSearch(probing.settings, probing.checks);
        const found = await countEntries(probing, {
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
      withDirectory(async (probing) => {
        const { baseDN, scope, filter } = parseSearch(probing.settings, probing.checks);
        const named = anyOf(searchFieldsOf(probing.settings).map((field) => equals(field, username)));
        return (await countEntries(probing, { baseDN, scope, filter: allOf([filter, named]) })) === 1;
      }),
  };
}

function tooLong(deadlineMs: number): LdapSyncError {
  return new LdapSyncError(
    'directory-timeout',
    `The directory had not answered after ${Math.round(deadlineMs / 1_000)} seconds.`,
    { remedy: 'Look into the load of the directory server, and index what people are searched by.' },
  );
}
