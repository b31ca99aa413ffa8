import type { Connection } from 'mongoose';
import type { DatabaseTime } from '../../models/database-time.js';
import type { Requester } from '../../models/run-report.js';
import type { SettingChange, SettingsChangeRecord } from '../../models/settings-change.js';
import { findTransactionLack } from '../../models/transactions-support.js';
import { LdapSyncError } from '../errors.js';
import { isSecret } from '../settings/secret-settings.js';
import type { RawSettings, ReadRawSettings, SettingProblem, SettingsSource } from '../settings/settings.js';
import { UnusableSettingsError } from '../settings/unusable-settings-error.js';
import { checkChanges, type SettingValues } from './check-changes.js';
import { changedMeanwhile, createSettingsAccount, type SettingsAccount } from './settings-account.js';
import { isSharedWithRocketChat } from './shared-database.js';

export interface SettingsChanged {
  /** `null`: nothing differed, and nothing was written. */
  readonly revision: string | null;
  readonly changes: readonly SettingChange[];
  readonly warnings: readonly SettingProblem[];
  readonly isSharedWithRocketChat: boolean;
}

export interface ChangeRequest {
  readonly values: SettingValues;
  /** Refused when the newest change is another one by now. @default whatever it is */
  readonly revision?: string | null | undefined;
}

/** What a change is made for. */
export type ChangeReason = Pick<SettingsChangeRecord, 'restores' | 'applies'>;

/** Writes all or nothing; {@link UnusableSettingsError} names all that is wrong. */
export type ChangeSettings = (
  request: ChangeRequest,
  by: Requester,
  reason?: ChangeReason,
) => Promise<SettingsChanged>;

/** What settings are read from and written to. */
export interface SettingsPlace {
  readonly connection: Connection;
  readonly source: SettingsSource;
  readonly readRaw: ReadRawSettings;
  readonly time: DatabaseTime;
}

export function createChangeSettings(place: SettingsPlace): {
  readonly change: ChangeSettings;
  readonly account: SettingsAccount;
} {
  const { connection, source, readRaw, time } = place;
  const { write } = source;
  const account = createSettingsAccount({ connection, time, write: write?.bind(source) ?? refuseToWrite });

  async function change(request: ChangeRequest, by: Requester, reason: ChangeReason = {}) {
    await assertWritable(place);
    // First: whoever changes something after this is noticed by the number.
    const newest = await account.newest();
    const { revision } = request;
    if (revision !== undefined && (newest?._id ?? null) !== revision) throw changedMeanwhile();
    const raw = await readRaw();
    const { problems, warnings, values } = checkChanges(request.values, raw);
    if (problems.length > 0) throw new UnusableSettingsError(problems);
    const changes = toChanges(values, raw);
    const told = { changes, warnings, isSharedWithRocketChat: await isSharedWithRocketChat(connection) };
    if (changes.length === 0) return { revision: null, ...told };
    const changed = new Set(changes.map(({ setting }) => setting));
    const written = new Map([...values].filter(([setting]) => changed.has(setting)));
    return {
      revision: await account.write(written, { by, changes, ...reason }, newest?.number ?? 0),
      ...told,
    };
  }

  return { change, account };
}

/** Rejects with `settings-read-only` where settings cannot be changed here. */
export async function assertWritable({
  source,
  connection,
}: Pick<SettingsPlace, 'source' | 'connection'>): Promise<void> {
  if (!source.write) refuseToWrite();
  const lack = await findTransactionLack(connection);
  if (lack) throw new LdapSyncError('settings-read-only', lack.reason, { remedy: lack.remedy });
}

/** A secret that is given is written, whatever it was: nobody is told whether it was the same. */
function toChanges(
  values: ReadonlyMap<string, boolean | number | string>,
  raw: RawSettings,
): readonly SettingChange[] {
  return [...values].flatMap(([setting, to]): SettingChange[] => {
    if (isSecret(setting)) return [{ setting, isSecret: true }];
    const from = raw.values.get(setting) ?? null;
    return from === to ? [] : [{ setting, from, to }];
  });
}

function refuseToWrite(): never {
  throw new LdapSyncError(
    'settings-read-only',
    'The settings come from the host, which does not let them be changed here.',
    { remedy: 'Change them where the host keeps them, or give its settings source a write().' },
  );
}
