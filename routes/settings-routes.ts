import { toRequester } from '../lib/auth/requester.js';
import { UnusableSettingsError } from '../lib/settings/unusable-settings-error.js';
import type { SettingsChangeRecord } from '../models/settings-change.js';
import type { EndpointName } from './endpoints/endpoints.js';
import type { Handle, Handlers } from './handler.js';
import { ok, unusableSettings } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { toSettingValues } from './tries-settings.js';

/** The settings as they are, and changes of them. */
export function createSettingsRoutes({
  configuration,
}: Pick<RouterDependencies, 'configuration'>): Handlers<
  'settings' | 'settingsHistory' | 'changeSettings' | 'restoreSettings'
> {
  return {
    settings: async () => ok(await configuration.show()),

    settingsHistory: async ({ input }) =>
      ok({ changes: (await configuration.history(input)).map(toChangeBody) }),

    changeSettings: telling<'changeSettings'>(async ({ input: { settings, revision }, principal }) => {
      const asked = { values: toSettingValues(settings), revision };
      return ok(await configuration.change(asked, toRequester(principal)));
    }),

    restoreSettings: telling<'restoreSettings'>(async ({ input, principal }) => {
      const { changeId, revision, secrets = {} } = input;
      const restoring = { changeId, revision, secrets: toSettingValues(secrets) };
      return ok(await configuration.restore(restoring, toRequester(principal)));
    }),
  };
}

/** Says all that is wrong with settings. */
function telling<Name extends EndpointName>(handle: Handle<Name>): Handle<Name> {
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

function toChangeBody({ _id, at, by, changes, restores, applies }: SettingsChangeRecord) {
  const cut = (value: unknown): unknown => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : value);
  return {
    ...{ _id, at, by },
    changes: changes.map((one) => ('from' in one ? { ...one, from: cut(one.from), to: cut(one.to) } : one)),
    ...(restores === undefined ? {} : { restores }),
    ...(applies === undefined ? {} : { applies }),
  };
}
