import type { Connection } from 'mongoose';
import type { AnsweringServer } from '../../models/run-report.js';
import type { Clock } from '../clock.js';
import type { OpenDirectory } from '../directory/directory.js';
import type { Logger } from '../logger.js';
import type { ReadSettings } from '../settings/settings.js';
import type { PhotoFiles } from './avatars/photo-files.js';
import type { PhotoDecoder } from './avatars/photo-decoder.js';
import type { PersonMails } from './mails/person-mails.js';
import type { Indexes } from './indexes.js';
import type { ChangeLog } from './history/change-log.js';
import type { ChangeHistory } from './history/change-history.js';
import type { RunEventSource } from './run/run-events.js';
import type { RunLog } from './run/run-log.js';
import type { InPhase } from './run/run-phases.js';
import type { UserStore } from './users/user-store.js';

/** What runs need from the rest of the package. */
export interface SyncDependencies {
  readonly connection: Connection;
  readonly readSettings: ReadSettings;
  readonly openDirectory: OpenDirectory;
  /** One for each run, because it keeps what it has read of names. */
  readonly createUserStore: () => UserStore;
  readonly files: PhotoFiles;
  readonly decoder: PhotoDecoder;
  readonly mails: PersonMails;
  readonly indexes: Indexes;
  readonly runs: RunLog;
  readonly history: ChangeHistory;
  readonly events: RunEventSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What the steps of one run need. */
export interface RunDependencies extends SyncDependencies {
  /** Hears which directory server has answered. */
  readonly answered: (server: AnsweringServer) => void;
  readonly changes: ChangeLog;
  readonly phase: InPhase;
}
