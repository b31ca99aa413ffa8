import type { DirectoryEntry } from '../../lib/directory/directory.js';
import type { RunReport } from '../../models/run-report.js';
import { createChatRooms, ROOMS, SUBSCRIPTIONS, type ChatRooms } from './chat-rooms.js';
import { many, toPerson, useHistories, type Histories } from './histories.js';

const SETTINGS = {
  LDAP_Background_Sync_Disable_Missing_Users: true,
  LDAP_Guard_Always_Allowed: 1_000,
  LDAP_Sync_User_Active_State: 'both',
};
const OTHERS = many(3);
/** Enabled in so many words: a directory that says nothing of anybody may only hide who is disabled. */
const [ADA, BOB] = ['ada', 'bob'].map((name) => toPerson(name, { nsAccountLock: 'FALSE' })) as [
  DirectoryEntry,
  DirectoryEntry,
];
const [ADA_LOCKED, BOB_LOCKED] = ['ada', 'bob'].map((name) => toPerson(name, { nsAccountLock: 'TRUE' })) as [
  DirectoryEntry,
  DirectoryEntry,
];

export const BOTH = [ADA, BOB, ...OTHERS];
export const ADA_OFF = [ADA_LOCKED, BOB, ...OTHERS];
export const BOB_OFF = [ADA, BOB_LOCKED, ...OTHERS];
export const BOTH_OFF = [ADA_LOCKED, BOB_LOCKED, ...OTHERS];
/** An omnichannel agent who is available. */
export const AGENT = {
  roles: ['user', 'livechat-agent'],
  statusLivechat: 'available',
  extension: '100',
} as const;

export interface Departures extends Histories, ChatRooms {
  /** A sync that switches off and on. */
  run(entries: readonly DirectoryEntry[]): Promise<RunReport>;
  /** How many documents are to be given back. */
  notes(): Promise<number>;
  /** How many users wait for something to follow. */
  marks(): Promise<number>;
  rolesOf(subscription: string): Promise<unknown>;
  /** The room's `ro`, and who has it archived. */
  stateOf(rid: string): Promise<readonly unknown[]>;
}

/** Ada and Bob, who chat, and come and go. Both are there before each test. */
export function useDepartures(): Departures {
  const histories = useHistories();
  const rooms = createChatRooms(histories);
  const { collection, sync } = histories;
  const run: Departures['run'] = (entries) => sync(entries, SETTINGS);
  beforeEach(() => run(BOTH));

  return {
    ...histories,
    ...rooms,
    run,
    notes: () => collection('ldap_sync_switched').countDocuments({}),
    marks: () => collection('users').countDocuments({ 'ldapSync.switching': { $exists: true } }),
    rolesOf: async (subscription) => (await rooms.find(SUBSCRIPTIONS, subscription))?.['roles'],

    async stateOf(rid) {
      const archived = collection(SUBSCRIPTIONS).find({ rid, archived: true }).sort({ _id: 1 });
      const names = (await archived.toArray()).map(({ u }) => (u as { username: string }).username);
      return [(await rooms.find(ROOMS, rid))?.['ro'], ...names];
    },
  };
}
