import { LdapSyncError } from '../lib/errors.js';
import { SECTION_NAMES } from '../lib/probe/sections/section.js';
import type { Settings } from '../lib/settings/settings.js';
import { UnusableSettingsError } from '../lib/settings/unusable-settings-error.js';
import type { Call } from './checks.js';
import type { RouterDependencies } from './router-dependencies.js';
import { SETTINGS_DEMAND, toSettingValues, type SettingValuesBody } from './setting-values.js';
import { suggestSettingsBody } from './schemas/suggest-settings.js';
import { testSearchBody, testSettingsBody } from './schemas/test-settings.js';
import { invalidParameters, ok, refused, unusableSettings, type Reply } from './reply.js';

/**
 * `POST ldap.testConnection`, `ldap.testSearch`, `ldap.testSettings` and `ldap.suggestSettings`: try the settings out,
 * change nothing.
 */
export function createTestRoutes({
  readSettings,
  probe,
  suggestSettings,
  configuration,
}: Pick<RouterDependencies, 'readSettings' | 'probe' | 'suggestSettings' | 'configuration'>) {
  const isOff = async (): Promise<boolean> => !(await readSettings()).get('LDAP_Enable');

  const tryOut = async (values: SettingValuesBody | undefined): Promise<Settings | undefined> =>
    values && (await configuration.tryOut(toSettingValues(values))).settings;

  return {
    async testConnection(_call: Call): Promise<Reply> {
      if (await isOff()) return refused('LDAP_disabled');
      try {
        await probe.testConnection();
        return ok({ message: 'LDAP_Connection_successful' });
      } catch (error) {
        return connectionFailed(toReason(error));
      }
    },

    async testSearch({ request }: Call): Promise<Reply> {
      const body = testSearchBody.safeParse(request.body);
      if (!body.success) return invalidParameters('The body must be {"username": "…"} and nothing else');
      if (await isOff()) return refused('LDAP_disabled');
      try {
        return (await probe.testSearch(body.data.username))
          ? ok({ message: 'LDAP_User_Found' })
          : refused('User not found');
      } catch (error) {
        toReason(error);
        return refused('LDAP_search_failed');
      }
    },

    async testSettings({ request }: Call): Promise<Reply> {
      const body = testSettingsBody.safeParse(request.body ?? undefined);
      if (!body.success)
        return invalidParameters(
          `The body may have "username", a text, "sections", a list of ${SECTION_NAMES.join(', ')}, and ` +
            `${SETTINGS_DEMAND}; and nothing else`,
        );
      const { username, settings: values, sections } = body.data;
      // Whoever tries settings out may have LDAP off still.
      if (!values && (await isOff())) return refused('LDAP_disabled');
      return answered(async () => {
        const settings = await tryOut(values);
        if (sections) return { sections: await probe.testSections({ username, settings, sections }) };
        return probe.testSettings({ username, settings });
      });
    },

    async suggestSettings({ request }: Call): Promise<Reply> {
      const body = suggestSettingsBody.safeParse(request.body ?? undefined);
      if (!body.success) return invalidParameters(`The body may have ${SETTINGS_DEMAND}; and nothing else`);
      const { settings: values } = body.data;
      if (!values && (await isOff())) return refused('LDAP_disabled');
      return answered(async () => suggestSettings(await tryOut(values)));
    },
  };
}

/** The rest of a call whose directory has been asked. */
async function answered(ask: () => Promise<object>): Promise<Reply> {
  try {
    return ok(await ask());
  } catch (error) {
    if (error instanceof UnusableSettingsError) return unusableSettings(error);
    return connectionFailed(toReason(error));
  }
}

function connectionFailed(reason: string): Reply {
  return {
    status: 400,
    body: {
      success: false,
      error: 'LDAP_Connection_failed_reason',
      errorType: 'error-ldap-connection-failed',
      details: { reason },
    },
  };
}

/** What a directory's failure says to an administrator. Anything else is a bug and goes to the host. */
function toReason(error: unknown): string {
  if (!(error instanceof LdapSyncError)) throw error;
  return error.remedy === undefined || error.message.includes(error.remedy)
    ? error.message
    : `${error.message} ${error.remedy}`;
}
