import type { Clock } from '../../clock.js';
import type { Directory } from '../../directory/directory.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { ActiveRun } from '../run/active-run.js';
import type { InPhase } from '../run/run-phases.js';
import type { PhotoFiles } from '../avatars/photo-files.js';
import type { ChangeLog } from '../history/change-log.js';
import type { MembershipRules } from '../rooms/membership-rules.js';
import type { RoomStore } from '../rooms/room-store.js';
import type { UserStore } from '../users/user-store.js';

/** What removals need. */
export interface RemovalDependencies {
  readonly users: UserStore;
  readonly rooms: RoomStore;
  readonly memberships: MembershipRules;
  readonly files: PhotoFiles;
  readonly directory: Directory;
  readonly changes: ChangeLog;
  readonly run: ActiveRun;
  readonly settings: SyncSettings;
  readonly now: Clock;
  readonly phase: InPhase;
}
