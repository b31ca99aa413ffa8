import type { Engine } from './engine.js';
import { many, useHistories, type Histories } from './histories.js';
import { createStaff, type Staff } from './staff.js';

/** A sync that is held with a list of four, `p0` to `p3`, who have left. */
export interface HeldList {
  readonly histories: Histories;
  staff(): Staff;
  runId(): string;
  /** Sync, approve, reject, with the directory as it is now. */
  now(): Engine;
  /** The list as a newer sync finds it. */
  syncAgain(): Promise<void>;
  /** The ids of the rows about these people. */
  idsOf(...names: readonly string[]): string[];
  /** Who is switched off. */
  off(): Promise<readonly string[]>;
  /** What somebody decided about each person on the list. */
  decided(): Promise<Readonly<Record<string, string | undefined>>>;
}

export const LEAVERS = ['p0', 'p1', 'p2', 'p3'];
const SETTINGS = { LDAP_Background_Sync_Disable_Missing_Users: true, LDAP_Guard_Always_Allowed: 1 };

/** For the suite it is called in. */
export function useHeldList(): HeldList {
  const histories = useHistories();
  let staff: Staff;
  let runId: string;
  let ids: Readonly<Record<string, string>>;
  const now = (): Engine => histories.engine(staff.entries(), SETTINGS);

  async function syncAgain(): Promise<void> {
    runId = (await now().sync())._id;
    ids = Object.fromEntries((await now().changes(runId)).map(({ username, id }) => [username, id]));
  }

  beforeEach(async () => {
    staff = createStaff(many(8).map((_, index) => `p${index}`));
    await now().sync();
    staff.leave(...LEAVERS);
    await syncAgain();
  });

  return {
    histories,
    staff: () => staff,
    runId: () => runId,
    now,
    syncAgain,
    idsOf: (...names) => names.map((name) => ids[name]!),
    off: async () => {
      const users = histories.collection('users').find({ active: false }).sort({ username: 1 });
      return (await users.toArray()).map(({ username }) => username as string);
    },
    decided: async () =>
      Object.fromEntries(
        (await now().changes(runId)).map(({ username, decided }) => [username, decided?.verdict]),
      ),
  };
}
