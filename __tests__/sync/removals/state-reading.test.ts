import type { ServerDescription } from '../../../lib/directory/server-description.js';
import { withStateReading } from '../../../lib/sync/removals/state-reading.js';
import { createMemoryDirectory } from '../../setup/memory-directory.js';
import { toSyncSettings } from '../../setup/sync-settings.js';

async function readingOf(kind: ServerDescription['kind'], list: string) {
  const directory = {
    ...createMemoryDirectory([]),
    describeServer: () => Promise.resolve({ host: 'x', port: 389, kind, name: kind }),
  };
  const { mapping } = await withStateReading(toSyncSettings({ LDAP_User_Search_AttributesToQuery: list }), {
    directory,
    users: { knownDisabled: () => Promise.resolve([]) },
    signal: new AbortController().signal,
    now: new Date(0),
  });
  return mapping.stateReading;
}

describe('what silence about being disabled means, where not every attribute may be read', () => {
  const NAMES = 'uid,cn,mail,entryUUID';
  it.each([
    ['389-ds', '*,+', 'by-rights'],
    ['389-ds', `${NAMES},nsAccountLock`, 'by-rights'],
    ['389-ds', `${NAMES},loginDisabled`, 'lost'],
    ['389-ds', NAMES, 'lost'],
    ['active-directory', `${NAMES},userAccountControl`, 'required'],
    ['active-directory', `${NAMES},loginDisabled`, 'required'],
    ['unknown', `${NAMES},loginDisabled`, 'optional'],
    ['unknown', NAMES, 'lost'],
  ] as const)('%s, %s: %s', async (kind, list, reading) => {
    expect(await readingOf(kind, list)).toBe(reading);
  });
});
