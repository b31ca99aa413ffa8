import type { Directory, DirectoryEntry, SearchQuery } from '../../lib/directory/directory.js';
import { LdapSyncError } from '../../lib/errors.js';
import type { RunReport } from '../../models/run-report.js';
import { createChatRooms, TOKENS, type ChatRooms } from './chat-rooms.js';
import { useHistories, type Histories, type Settings } from './histories.js';
import { createMemoryDirectory } from './memory-directory.js';

export interface SignOuts extends Histories, ChatRooms {
  /** What stands in the way of searches of auto-logouts from now on, and who is in the directory. */
  readonly world: {
    entries: readonly DirectoryEntry[];
    /** Returns or throws instead of the search. */
    meddle?: ((query: SearchQuery, nth: number) => 'referral' | 'refused' | 'lost' | undefined) | undefined;
    searches: number;
    opened: number;
  };
  /** An auto-logout of these people. */
  logout(entries: readonly DirectoryEntry[], settings?: Settings): Promise<RunReport>;
  /** Who of all linked users has a token, and of whom there are OAuth tokens. */
  signedIn(): Promise<readonly string[]>;
  /** As if all earlier runs were over for a while. */
  minutesPass(): Promise<unknown>;
}

export const ON = { LDAP_Sync_AutoLogout_Enabled: true } as const;
export const GONE_TOO = { ...ON, LDAP_Sync_AutoLogout_Gone: true } as const;

/** People who are signed in, and a directory that may fail. */
export function useSignOuts(): SignOuts {
  const world: SignOuts['world'] = { entries: [], searches: 0, opened: 0 };
  const histories = useHistories({
    openDirectory() {
      world.opened += 1;
      return Promise.resolve(meddleWith(createMemoryDirectory(world.entries), world));
    },
  });
  const rooms = createChatRooms(histories);
  beforeEach(() => Object.assign(world, { entries: [], meddle: undefined, searches: 0, opened: 0 }));

  return {
    ...histories,
    ...rooms,
    world,
    sync(entries, settings) {
      world.entries = entries;
      return histories.sync(entries, settings);
    },
    logout(entries, settings = ON) {
      world.entries = entries;
      Object.assign(world, { searches: 0, opened: 0 });
      return histories.engine(entries, settings).autoLogout();
    },
    async signedIn() {
      const filter = { 'services.resume.loginTokens.hashedToken': { $exists: true } };
      const names = (await histories.collection('users').distinct('username', filter)) as string[];
      const applications = (await histories.collection(TOKENS[0]).distinct('_id')) as unknown as string[];
      expect(applications.sort()).toEqual(names.map((name) => `t-${name}`).sort());
      return names.sort();
    },
    minutesPass: () =>
      histories
        .collection('ldap_sync_runs')
        .updateMany({}, [
          { $set: { startedAt: { $dateSubtract: { startDate: '$startedAt', unit: 'minute', amount: 5 } } } },
        ] as never),
  };
}

function meddleWith(directory: Directory, world: SignOuts['world']): Directory {
  return {
    ...directory,
    async *sweep(query, signal) {
      world.searches += 1;
      const meddling = world.meddle?.(query, world.searches);
      if (meddling === 'refused')
        throw new LdapSyncError('directory-search', 'The server refused the search.');
      if (meddling === 'lost') throw new LdapSyncError('directory-lost', 'The connection ended.');
      const end = yield* directory.sweep(query, signal);
      return meddling === 'referral'
        ? { complete: false, reason: 'referral', message: 'Elsewhere.', remedy: 'Ask there.' }
        : end;
    },
  };
}
