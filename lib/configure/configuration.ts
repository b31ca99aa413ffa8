import type { Connection } from 'mongoose';
import type { DatabaseTime } from '../../models/database-time.js';
import type { Page, Requester } from '../../models/run-report.js';
import {
  settingsChangeCollection,
  type SettingChange,
  type SettingsChangeRecord,
} from '../../models/settings-change.js';
import { LdapSyncError } from '../errors.js';
import { createRandomId } from '../random-id.js';
import {
  parseSettings,
  type ReadRawSettings,
  type SettingProblem,
  type SettingsSource,
} from '../settings/settings.js';
import type { Trial } from '../sync/run/trial.js';
import { checkChanges, type SettingValues } from './check-changes.js';
import { isSecret } from './secret-settings.js';
import { isSharedWithRocketChat } from './shared-database.js';
import { toSettingRows, type SettingRow } from './setting-rows.js';
import { UnusableSettingsError } from '../settings/unusable-settings-error.js';

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

/** Changes that one restoring looks at. */
const MAX_RESTORED = 1_000;

export function createConfiguration({ connection, source, readRaw, time }: Dependencies): Configuration {
  const changes = () => settingsChangeCollection(connection);
  const newest = async (): Promise<string | null> =>
    (await changes().findOne({}, { sort: { at: -1, _id: -1 }, projection: { _id: 1 } }))?._id ?? null;

  async function change(
    { values, revision }: ChangeRequest,
    by: Requester,
    restores?: string,
  ): Promise<SettingsChanged> {
    const write = source.write?.bind(source);
    if (!write)
      throw new LdapSyncError(
        'settings-read-only',
        'The settings come from the host, which does not let them be changed here.',
        {
          remedy: 'Change them where the host keeps them, or give its settings source a write().',
        },
      );
    if (revision !== undefined && (await newest()) !== revision) throw changedMeanwhile();
    const raw = await readRaw();
    const checked = checkChanges(values, raw);
    if (checked.problems.length > 0) throw new UnusableSettingsError(checked.problems);
    const made = [...checked.values].flatMap(([setting, to]): SettingChange[] => {
      const from = raw.values.get(setting) ?? null;
      if (from === to) return [];
      return [isSecret(setting) ? { setting, isSecret: true } : { setting, from, to }];
    });
    const isShared = await isSharedWithRocketChat(connection);
    const told = { warnings: checked.warnings, isSharedWithRocketChat: isShared, changes: made };
    if (made.length === 0) return { revision: null, ...told };
    const wanted = new Set(made.map(({ setting }) => setting));
    await write(new Map([...checked.values].filter(([setting]) => wanted.has(setting))));
    const _id = createRandomId();
    await changes().insertOne({
      _id,
      at: await time(),
      by,
      changes: made,
      ...(restores === undefined ? {} : { restores }),
    });
    return { revision: _id, ...told };
  }

  return {
    change: (request, by) => change(request, by),

    async tryOut(asked) {
      const raw = await readRaw();
      const { problems, values } = checkChanges(asked, raw);
      if (problems.length > 0) throw new UnusableSettingsError(problems);
      return {
        settings: parseSettings(new Map([...raw.values, ...values])),
        unsaved: Object.fromEntries([...values].map(([id, value]) => [id, isSecret(id) ? null : value])),
      };
    },

    async show() {
      const [raw, revision, isShared] = await Promise.all([
        readRaw(),
        newest(),
        isSharedWithRocketChat(connection),
      ]);
      return {
        settings: toSettingRows(raw),
        revision,
        isWritable: source.write !== undefined,
        isSharedWithRocketChat: isShared,
      };
    },

    history: ({ count, offset }) =>
      changes().find({}).sort({ at: -1, _id: -1 }).skip(offset).limit(count).toArray(),

    async restore({ changeId, secrets = new Map() }, by) {
      const earlier = new Map<string, unknown>();
      let isFound = false;
      for await (const record of changes().find({}).sort({ at: -1, _id: -1 }).limit(MAX_RESTORED)) {
        for (const one of record.changes) if ('from' in one) earlier.set(one.setting, one.from);
        isFound = record._id === changeId;
        if (isFound) break;
      }
      if (!isFound)
        throw new LdapSyncError('settings-change-not-found', 'There is no such change of the settings.', {
          remedy: 'ldap.settingsHistory gives the ids of changes.',
        });
      return change({ values: new Map([...earlier, ...secrets]) }, by, changeId);
    },
  };
}

function changedMeanwhile(): LdapSyncError {
  return new LdapSyncError('settings-changed', 'Somebody has changed the settings since they were read.', {
    remedy: 'Read ldap.settings again, and repeat the change.',
  });
}
