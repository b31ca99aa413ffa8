import { createDatabaseTime } from '../../models/database-time.js';
import { LdapSyncError } from '../errors.js';
import type { HistorySettings } from '../settings/sync-settings.js';
import type { RunDependencies } from './run-dependencies.js';

const DAY_MS = 86_400_000;

/**
 * Rejects (`plan-expired`) as soon as a row of the preview may be gone: its first ones expire `days` after it began, since
 * the settings that say so are those of the preview. Asked after a reading, it says that the reading was whole.
 */
export type AssertRowsKept = () => Promise<void>;

export function createAssertRowsKept(
  previewId: string,
  { days }: Pick<HistorySettings, 'days'>,
  { connection, runs }: Pick<RunDependencies, 'connection' | 'runs'>,
): AssertRowsKept {
  const time = createDatabaseTime(connection);
  return async () => {
    const preview = await runs.summary(previewId);
    if (preview && (await time()).getTime() < preview.startedAt.getTime() + days * DAY_MS) return;
    throw new LdapSyncError('plan-expired', EXPIRED, { remedy: REMEDY });
  };
}

const EXPIRED = 'Rows of the preview have expired: they are older than LDAP_Sync_History_Days.';
const REMEDY = 'Make a preview anew (ldap.previewSync), look at its list, and apply that one.';
