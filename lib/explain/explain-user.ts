import type { UserRecord } from '../../models/user.js';
import type { Clock } from '../clock.js';
import type { OpenDirectory } from '../directory/directory.js';
import { parseSyncSettings } from '../settings/parse-sync-settings.js';
import type { ReadSettings, SettingProblem, Settings } from '../settings/settings.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import type { PhotoDecoder } from '../sync/avatars/photo-decoder.js';
import type { ChangeRow } from '../../models/change-row.js';
import type { AttentionRow } from '../../models/run-report.js';
import type { ChangeHistory } from '../sync/history/change-history.js';
import type { RunRooms } from '../sync/rooms/open-rooms.js';
import type { RunLog } from '../sync/run/run-log.js';
import type { LookUpResult } from '../sync/removals/look-up-people.js';
import { withRoleIds } from '../sync/belonging/with-role-ids.js';
import { withStateReading } from '../sync/removals/state-reading.js';
import { findNewlyCounting } from '../sync/newly-counting.js';
import { withNeededDecision } from '../sync/removals/sweep-state.js';
import { withFormerIdAttributes } from '../sync/users/former-id-attributes.js';
import type { Asked } from '../../models/asked-person.js';
import { explainFields } from './explain-fields.js';
import type { ExplainedField } from './explained-field.js';
import { explainGuard, type GuardExplanation } from './explain-guard.js';
import { explainMatch } from './explain-match.js';
import type { MatchExplanation } from './match-explanation.js';
import { explainRooms, type ExplainedRoom } from './explain-rooms.js';
import { createEntrySearch } from '../sync/person/find-entry.js';
import type { GroupAnswer } from '../sync/person/found-entry.js';
import { findSubject, type Subject } from '../sync/person/find-subject.js';
import { findStoredUser, type UserReads } from '../sync/person/find-user.js';
import { createNameFilters } from '../sync/person/name-filter.js';
import { findPastRuns, type PastRun } from './past-runs.js';
import { toShownEntry, type ShownEntry } from './show-entry.js';
import { withDeadline } from './with-deadline.js';
import { understand } from './understand.js';

/** Why somebody looks as they do, and what a sync would do to them now. */
export interface Explanation {
  readonly entry: ShownEntry | null;
  /** `null`: no entry belongs to the user who was asked for. */
  readonly whereabouts: LookUpResult['kind'] | null;
  /**
   * Which group was asked, and what it said; `null`: everybody is synced whom the search finds, or nobody was
   * found.
   */
  readonly group: GroupAnswer | null;
  /** Empty when there is no entry, or it cannot be mapped. */
  readonly fields: readonly ExplainedField[];
  readonly rejection: Pick<AttentionRow, 'code' | 'params' | 'reason' | 'remedy'> | null;
  readonly user: UserRecord | undefined;
  readonly match: MatchExplanation;
  /** The rooms that groups give the person, or that the person leaves; the others of the maps are left out. */
  readonly rooms: readonly ExplainedRoom[];
  /** `done` means planned here: nothing has happened. */
  readonly changes: readonly ChangeRow[];
  readonly guard: GuardExplanation;
  readonly runs: readonly PastRun[];
}

export type ExplainResult =
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  | { readonly kind: 'ldap-disabled' }
  | { readonly kind: 'invalid-settings'; readonly problems: readonly SettingProblem[] }
  | { readonly kind: 'not-found' }
  /** `dns`: two of the entries. */
  | { readonly kind: 'several'; readonly dns: readonly string[] };

/** Rejects with an `LdapSyncError` when the directory fails. Writes nothing. */
export type ExplainUser = (asked: Asked) => Promise<ExplainResult>;

interface Dependencies {
  readonly readSettings: ReadSettings;
  readonly openDirectory: OpenDirectory;
  /** A fresh view of the users: what it remembers is only good for one question. */
  readonly createUserReads: () => UserReads;
  /** Looks up the rooms of the maps. */
  readonly openRooms: (settings: SyncSettings) => Promise<RunRooms>;
  readonly history: Pick<ChangeHistory, 'ofUser'>;
  readonly runs: Pick<RunLog, 'origins' | 'undecided' | 'stateAttributes'>;
  readonly decoder: PhotoDecoder;
  readonly clock: Clock;
}

/** What one question is answered with: the settings as they are now, and a view of the users. */
interface Question {
  readonly stored: Settings;
  readonly settings: SyncSettings;
  readonly users: UserReads;
  /** How many active users are linked. */
  readonly linked: number;
}

export function createExplainUser(dependencies: Dependencies): ExplainUser {
  const { readSettings, openDirectory, createUserReads, openRooms, history, runs, decoder, clock } =
    dependencies;

  return async (asked) => {
    const stored = await readSettings();
    if (!stored.get('LDAP_Enable')) return { kind: 'ldap-disabled' };
    const parsed = parseSyncSettings(stored);
    if (!parsed.ok) return { kind: 'invalid-settings', problems: parsed.problems };
    const users = createUserReads();
    const { subject, settings, linked } = await withDeadline(async (signal) => {
      // Both may have to look through all users.
      const [user, links] = await Promise.all([findStoredUser(asked, users), users.surveyLinks()]);
      const directory = await openDirectory(parsed.settings.address, signal);
      try {
        const known = await withRoleIds(withFormerIdAttributes(parsed.settings, links), users);
        const settings = await withStateReading(known, { directory, users, signal, now: clock() });
        const subject = await findSubject(asked, user, {
          search: createEntrySearch(directory, settings, signal),
          filters: createNameFilters(settings.mapping, stored),
        });
        return { subject, settings, linked: links.active };
      } finally {
        directory.close();
      }
    });
    if ('dns' in subject) return { kind: 'several', dns: subject.dns };
    if (!subject.user && !subject.found) return { kind: 'not-found' };
    return { kind: 'explained', explanation: await explain(subject, { stored, settings, users, linked }) };
  };

  async function explain(
    subject: Subject,
    { stored, settings, users, linked }: Question,
  ): Promise<Explanation> {
    const rooms = await openRooms(settings);
    const understood = await understand(subject, { users, settings, rooms, decoder, clock });
    const { found, entry, user, mapped, refused, write } = understood;
    const counting = {
      newlyCounting: await findNewlyCounting(settings, runs),
      newlyDeciding: new Set<string>(),
    };
    const removals = understood.removals.map((row) => withNeededDecision(row, counting));
    return {
      entry: entry ? toShownEntry(entry, settings.mapping) : null,
      whereabouts: found?.kind ?? null,
      group: found?.group ?? null,
      fields: mapped
        ? explainFields({
            ...{ ...mapped, user, settings },
            isAD: stored.get('LDAP_Server_Type') === 'ad',
            given: found?.given,
          })
        : [],
      rejection: refused ? toRejection(refused) : null,
      user,
      match: explainMatch(understood, settings.policy),
      rooms: await explainRooms(understood, settings, rooms),
      changes: [...(write ? [write] : []), ...removals],
      guard: await explainGuard({ user, linked, removals, guard: settings.guard }, users, runs),
      runs: user ? await findPastRuns(user._id, history, runs) : [],
    };
  }
}

function toRejection({ code, params, reason, remedy }: AttentionRow): NonNullable<Explanation['rejection']> {
  return { ...(code && params ? { code, params } : {}), reason, remedy };
}
