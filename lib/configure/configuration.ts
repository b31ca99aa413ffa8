import type { Page, Requester } from '../../models/run-report.js';
import type { SettingsChangeRecord } from '../../models/settings-change.js';
import { LdapSyncError } from '../errors.js';
import { parseSettings } from '../settings/settings.js';
import { UnusableSettingsError } from '../settings/unusable-settings-error.js';
import type { Trial } from '../sync/run/trial.js';
import {
  createChangeSettings,
  type ChangeRequest,
  type SettingsChanged,
  type SettingsPlace,
} from './change-settings.js';
import { checkChanges, type SettingValues } from './check-changes.js';
import { findEarlier, toRestorable } from './restorable.js';
import { toSettingRows, type SettingRow } from './setting-rows.js';
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

export interface RestoreRequest extends Pick<ChangeRequest, 'revision'> {
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

export function createConfiguration(place: SettingsPlace): Configuration {
  const { connection, source, readRaw } = place;
  const { change, account } = createChangeSettings(place);

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
        isWritable: source.write !== undefined,
        isSharedWithRocketChat: isShared,
      };
    },

    fixed: async () => (await readRaw()).overridden,

    history: (page) => account.page(page),

    async restore({ changeId, revision, secrets = new Map() }, by) {
      const earlier = await findEarlier(changeId, account.all());
      if (!earlier)
        throw new LdapSyncError('settings-change-not-found', 'There is no such change of the settings.', {
          remedy: 'ldap.settingsHistory gives the ids of the changes that are kept.',
        });
      const { values, warnings } = toRestorable(earlier, await readRaw());
      const request = { values: new Map([...values, ...secrets]), revision };
      const restored = await change(request, by, { restores: changeId });
      return { ...restored, warnings: [...warnings, ...restored.warnings] };
    },
  };
}
