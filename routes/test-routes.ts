import { LdapSyncError } from '../lib/errors.js';
import { SECTION_NAMES } from '../lib/probe/sections/section.js';
import { UnusableSettingsError } from '../lib/settings/unusable-settings-error.js';
import type { Call } from './checks.js';
import type { RouterDependencies } from './router-dependencies.js';
import { SETTINGS_DEMAND, toSettingValues } from './setting-values.js';
import { testSearchBody, testSettingsBody } from './schemas/test-settings.js';
import { invalidParameters, ok, refused, unusableSettings, type Reply } from './reply.js';

/** `POST ldap.testConnection`, `ldap.testSearch` and `ldap.testSettings`: try the settings out, change nothing. */
export function createTestRoutes({
  readSettings,
  probe,
  configuration,
}: Pick<RouterDependencies, 'readSettings' | 'probe' | 'configuration'>) {
  const isOff = async (): Promise<boolean> => !(await readSettings()).get('LDAP_Enable');

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
      try {
        const settings = values && (await configuration.tryOut(toSettingValues(values))).settings;
        if (sections) return ok({ sections: await probe.testSections({ username, settings, sections }) });
        return ok(await probe.testSettings({ username, settings }));
      } catch (error) {
        if (error instanceof UnusableSettingsError) return unusableSettings(error);
        return connectionFailed(toReason(error));
      }
    },
  };
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
