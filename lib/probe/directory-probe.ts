import type { Clock } from '../clock.js';
import { LdapSyncError } from '../errors.js';
import { parseDirectoryAddress } from '../settings/directory-address.js';
import { parseSearch, searchFieldsOf } from '../settings/directory-search.js';
import { parseSyncSettings } from '../settings/parse-sync-settings.js';
import { createSettingChecks, type SettingChecks } from '../settings/setting-checks.js';
import type { ReadSettings, Settings } from '../settings/settings.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { silentLogger, type Logger } from '../logger.js';
import type { Directory, DirectoryAddress, OpenDirectory } from '../directory/directory.js';
import type { InspectTls } from '../directory/shown-tls.js';
import { reportSettings } from './report-settings.js';
import { SECTION_NAMES, type SectionReports } from './sections/section.js';
import type { ReadLastRun } from './sections/section-context.js';
import { testSections } from './sections/test-sections.js';
import type { SettingsReport } from './settings-report.js';
import { UnusableSettingsError } from '../settings/unusable-settings-error.js';
import { countEntries } from './count-entries.js';
import type { TestedSections, TestedSettings } from './tested-settings.js';
import { withDeadline } from './with-deadline.js';
import { tellAliases, tellServer } from './tell-server.js';
import { allOf, anyOf, equals, present } from '../directory/filter/search-filter.js';

/** Tries the settings out without changing anything. Rejects with `LdapSyncError`. */
export interface DirectoryProbe {
  /** Connects, negotiates TLS, binds and reads the base DN. */
  testConnection(): Promise<void>;
  /** Whether exactly one entry is found for a user name, as a sync would find it. */
  testSearch(username: string): Promise<boolean>;
  /** Says all that can be found out about the settings, and about one person where a name is given. */
  testSettings(asked?: TestedSettings): Promise<SettingsReport & { readonly sections: SectionReports }>;
  /** Tests some sections, each by itself: one that fails hides no other. */
  testSections(asked: TestedSections): Promise<SectionReports>;
}

interface Dependencies {
  readonly readSettings: ReadSettings;
  readonly openDirectory: OpenDirectory;
  readonly inspectTls: InspectTls;
  readonly readLastRun: ReadLastRun;
  /** Hears which server answered, and what does not end a test but should be mended. */
  readonly logger?: Logger;
  /** @default one minute: somebody is waiting for the answer */
  readonly deadlineMs?: number;
  /** @default that of this host */
  readonly clock?: Clock;
}

/** What a probe does once it is connected. */
interface Probing {
  readonly directory: Directory;
  readonly settings: Settings;
  readonly checks: SettingChecks;
  readonly address: DirectoryAddress;
  readonly search: SyncSettings['search'];
  readonly signal: AbortSignal;
}

export function createDirectoryProbe({
  readSettings,
  openDirectory,
  inspectTls,
  readLastRun,
  logger = silentLogger,
  deadlineMs = 60_000,
  clock = () => new Date(),
}: Dependencies): DirectoryProbe {
  async function withDirectory<T>(use: (probing: Probing) => Promise<T>): Promise<T> {
    return withSettings(await readSettings(), use);
  }

  async function withSettings<T>(settings: Settings, use: (probing: Probing) => Promise<T>): Promise<T> {
    const checks = createSettingChecks(settings);
    const address = parseDirectoryAddress(settings, checks);
    const search = parseSearch(settings, checks);
    const [problem] = checks.problems;
    if (problem)
      throw new LdapSyncError('invalid-settings', `${problem.message} ${problem.remedy}`, {
        remedy: problem.remedy,
      });
    return withDeadline(deadlineMs, async (signal) => {
      const directory = await openDirectory(address, signal);
      try {
        const probing = { directory, settings, checks, address, search, signal };
        const result = await use(probing);
        await tellServer(probing, logger);
        return result;
      } finally {
        directory.close();
      }
    });
  }

  function testParts(
    settings: Settings,
    { sections, username }: Pick<TestedSections, 'sections' | 'username'>,
  ): Promise<SectionReports> {
    const reading = { settings, openDirectory, inspectTls, readLastRun, clock };
    return withDeadline(deadlineMs, (signal) => testSections({ ...reading, sections, signal, username }));
  }

  return {
    testConnection: () =>
      withDirectory(async (probing) => {
        const { baseDN } = probing.search;
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
        const { baseDN, scope, filter } = probing.search;
        const named = anyOf(searchFieldsOf(probing.settings).map((field) => equals(field, username)));
        const found = await countEntries(probing, { baseDN, scope, filter: allOf([filter, named]) });
        const isEmpty = found === 0 && (await countEntries(probing, { baseDN, scope, filter })) === 0;
        if (isEmpty) await tellAliases(probing, logger);
        return found === 1;
      }),

    async testSettings({ username, settings: tried } = {}) {
      const settings = tried ?? (await readSettings());
      const parsed = parseSyncSettings(settings);
      if (!parsed.ok) throw new UnusableSettingsError(parsed.problems);
      const report = await withSettings(settings, ({ directory, signal }) => {
        const filterText = settings.get('LDAP_User_Search_Filter');
        const asked = { directory, signal, settings: parsed.settings, filterText };
        return reportSettings({ ...asked, parsedWarnings: parsed.warnings, clock }, username);
      });
      return { ...report, sections: await testParts(settings, { sections: SECTION_NAMES }) };
    },

    async testSections({ settings, ...asked }) {
      return testParts(settings ?? (await readSettings()), asked);
    },
  };
}
