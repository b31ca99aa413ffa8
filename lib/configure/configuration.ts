import type { Connection } from 'mongoose';
import type { DatabaseTime } from '../../models/database-time.js';
import type { Page, Requester } from '../../models/run-report.js';
import type { SettingChange, SettingsChangeRecord } from '../../models/settings-change.js';
import { findTransactionLack } from '../../models/transactions-support.js';
import { LdapSyncError } from '../errors.js';
import {
  parseSettings,
  type RawSettings,
  type ReadRawSettings,
  type SettingProblem,
  type SettingsSource,
} from '../settings/settings.js';
import { UnusableSettingsError } from '../settings/unusable-settings-error.js';
import type { Trial } from '../sync/run/trial.js';
import { checkChanges, type SettingValues } from './check-changes.js';
import { findEarlier, toRestorable } from './restorable.js';
import { isSecret } from '../settings/secret-settings.js';
import { toSettingRows, type SettingRow } from './setting-rows.js';
import { changedMeanwhile, createSettingsAccount } from './settings-account.js';
import { isSharedWithRocketChat } from './shared-database.js';

/** All settings, and which change made them so. */
export interface SettingsShown {
  readonly settings: readonly SettingRow[];
  /** The newest change that was made here; `null`: none. */
  readonly revision: string | null;
  /** Whether they can be changed here. */
  readonly isWritable: boolean;
  /** A Rocket.Chat on the same database may have to be restarted to see a change. */
  readonly isSharedWithRocketChat: boolean;
}

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

export interface RestoreRequest {
  readonly changeId: string;
  readonly secrets?: SettingValues;
}

/** The settings as an administrator sees and changes them. Rejects with `LdapSyncError`. */
export interface Configuration {
  show(): Promise<SettingsShown>;
  /** Writes all or nothing; {@link UnusableSettingsError} names all that is wrong. */
  change(request: ChangeRequest, by: Requester): Promise<SettingsChanged>;
  /**
   * The settings as they would be with these values, and what is told of them; {@link UnusableSettingsError} names
   * all that is wrong.
   */
  tryOut(values: SettingValues): Promise<Trial>;
  /** The ids of the settings that come from the environment. */
  fixed(): Promise<ReadonlySet<string>>;
  /** Newest first. */
  history(page: Page): Promise<readonly SettingsChangeRecord[]>;
  /**
   * Takes back a change, and all that came after it. Secrets are not kept: they stay as they are, or become what
   * `secrets` says.
   */
  restore(restoring: RestoreRequest, by: Requester): Promise<SettingsChanged>;
}

interface Dependencies {
  readonly connection: Connection;
  readonly source: SettingsSource;
  readonly readRaw: ReadRawSettings;
  readonly time: DatabaseTime;
}

export function createConfiguration({ connection, source, readRaw, time }: Dependencies): Configuration {
  const { write } = source;
  const account = createSettingsAccount({ connection, time, write: write?.bind(source) ?? refuseToWrite });

  async function change(request: ChangeRequest, by: Requester, restores?: string): Promise<SettingsChanged> {
    if (!write) refuseToWrite();
    const lack = await findTransactionLack(connection);
    if (lack) throw new LdapSyncError('settings-read-only', lack.reason, { remedy: lack.remedy });
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
    const record = { by, changes, ...(restores === undefined ? {} : { restores }) };
    return { revision: await account.write(written, record, newest?.number ?? 0), ...told };
  }

  return {
    change: (request, by) => change(request, by),

    async tryOut(asked) {
      const raw = await readRaw();
      const { problems, values } = checkChanges(asked, raw);
      if (problems.length > 0) throw new UnusableSettingsError(problems);
      return { settings: parseSettings(new Map([...raw.values, ...values])), unsaved: [...values.keys()] };
    },

    async show() {
      const [raw, newest, isShared] = await Promise.all([
        readRaw(),
        account.newest(),
        isSharedWithRocketChat(connection),
      ]);
      return {
        settings: toSettingRows(raw),
        revision: newest?._id ?? null,
        isWritable: write !== undefined,
        isSharedWithRocketChat: isShared,
      };
    },

    fixed: async () => (await readRaw()).overridden,

    history: (page) => account.page(page),

    async restore({ changeId, secrets = new Map() }, by) {
      const earlier = await findEarlier(changeId, account.all());
      if (!earlier)
        throw new LdapSyncError('settings-change-not-found', 'There is no such change of the settings.', {
          remedy: 'ldap.settingsHistory gives the ids of the changes that are kept.',
        });
      const { values, warnings } = toRestorable(earlier, await readRaw());
      const restored = await change({ values: new Map([...values, ...secrets]) }, by, changeId);
      return { ...restored, warnings: [...warnings, ...restored.warnings] };
    },
  };
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
