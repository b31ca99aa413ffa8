import type { Clock } from '../clock.js';
import type { Directory } from '../directory/directory.js';
import type { SyncPolicy, SyncSettings } from '../settings/sync-settings.js';
import type { ActiveRun } from './active-run.js';
import type { AvatarStore } from './avatar-store.js';
import type { UserStore } from './user-store.js';

/** What removals need. */
export interface RemovalDependencies {
  readonly users: UserStore;
  readonly avatars: AvatarStore;
  readonly directory: Directory;
  readonly run: ActiveRun;
  readonly search: SyncSettings['search'];
  readonly policy: SyncPolicy;
  readonly now: Clock;
}
