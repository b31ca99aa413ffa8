import { z } from 'zod';
import { toRequester } from '../lib/auth/requester.js';
import { SECRET_IDS } from '../lib/settings/secret-settings.js';
import { UnusableSettingsError } from '../lib/settings/unusable-settings-error.js';
import type { SettingsChangeRecord } from '../models/settings-change.js';
import type { Call } from './checks.js';
import { answering, RUN_ID, toPage } from './query.js';
import { invalidParameters, ok, unusableSettings, type Reply } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { SETTINGS_DEMAND, settingValues, toSettingValues } from './setting-values.js';

const changeBody = z.strictObject({
  settings: settingValues,
  revision: z.union([z.string().regex(RUN_ID), z.null()]).optional(),
});
const restoreBody = z.strictObject({
  changeId: z.string().regex(RUN_ID),
  secrets: z.partialRecord(z.enum(SECRET_IDS), z.union([z.string(), z.null()])).optional(),
});

/** `GET` and `POST ldap.settings`, `GET ldap.settingsHistory`, `POST ldap.restoreSettings`. */
export function createSettingsRoutes({ configuration }: Pick<RouterDependencies, 'configuration'>) {
  return {
    show: async (): Promise<Reply> => ok(await configuration.show()),

    history: answering(async ({ request }): Promise<Reply> => {
      const changes = await configuration.history(toPage(request));
      return ok({ changes: changes.map(toChangeBody) });
    }),

    change: telling(async ({ request, principal }) => {
      const parsed = changeBody.safeParse(request.body);
      if (!parsed.success)
        return invalidParameters(
          `The body must have ${SETTINGS_DEMAND}; may have "revision", as ldap.settings gives it; and nothing else`,
        );
      const { settings, revision } = parsed.data;
      return ok(
        await configuration.change({ values: toSettingValues(settings), revision }, toRequester(principal)),
      );
    }),

    restore: telling(async ({ request, principal }) => {
      const parsed = restoreBody.safeParse(request.body);
      if (!parsed.success)
        return invalidParameters(
          'The body must be {"changeId": "…"} with an id of ldap.settingsHistory, may have "secrets" with passwords by ' +
            'setting, and nothing else',
        );
      const { changeId, secrets = {} } = parsed.data;
      const restoring = { changeId, secrets: new Map(Object.entries(secrets)) };
      return ok(await configuration.restore(restoring, toRequester(principal)));
    }),
  };
}

/** Says all that is wrong with settings. */
function telling(handle: (call: Call) => Promise<Reply>): (call: Call) => Promise<Reply> {
  return async (call) => {
    try {
      return await handle(call);
    } catch (error) {
      if (error instanceof UnusableSettingsError) return unusableSettings(error);
      throw error;
    }
  };
}

/** Longest text of a value that a history shows. */
const MAX_TEXT = 4_000;

function toChangeBody({ _id, at, by, changes, restores, applies }: SettingsChangeRecord): object {
  const cut = (value: unknown): unknown => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : value);
  return {
    ...{ _id, at, by },
    changes: changes.map((one) => ('from' in one ? { ...one, from: cut(one.from), to: cut(one.to) } : one)),
    ...(restores === undefined ? {} : { restores }),
    ...(applies === undefined ? {} : { applies }),
  };
}
