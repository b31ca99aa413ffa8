import { reportSettings } from '../../lib/probe/report-settings.js';
import type { SettingsReport } from '../../lib/probe/settings-report.js';
import { toEntry } from '../setup/entries.js';
import { BASE, createMemoryDirectory } from '../setup/memory-directory.js';
import { toSyncSettings } from '../setup/sync-settings.js';

const ORGANISATION = toEntry(BASE, { objectClass: 'organizationalUnit', ou: 'people' });

async function reportOn(people: number): Promise<SettingsReport> {
  const entries = Array.from({ length: people }, (_, index) => {
    const uid = `p${index}`;
    const values = { objectClass: 'person', uid, cn: uid, mail: `${uid}@x.org`, entryUUID: uid };
    return toEntry(`uid=${uid},${BASE}`, values);
  });
  const settings = toSyncSettings({ LDAP_BaseDN: BASE, LDAP_Extension_Field: '' });
  const asked = {
    directory: createMemoryDirectory([ORGANISATION, ...entries]),
    signal: new AbortController().signal,
    settings,
    filterText: '',
    parsedWarnings: [],
    clock: () => new Date(),
  };
  return reportSettings(asked, undefined);
}

describe('a report on the settings', () => {
  it.each([
    [5_000, { count: 5_000, isMore: false }],
    [5_001, { count: 5_000, isMore: true }],
  ])('of %i people counts at most 5,000', async (people, expected) => {
    expect((await reportOn(people)).people).toMatchObject(expected);
  });
});
