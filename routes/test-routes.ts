import { LdapSyncError } from '../lib/errors.js';
import type { Settings } from '../lib/settings/settings.js';
import { UnusableSettingsError } from '../lib/settings/unusable-settings-error.js';
import type { Handlers } from './handler.js';
import type { RouterDependencies } from './router-dependencies.js';
import { ok, refused, unusableSettings, type Refused } from './reply.js';
import { toSettingValues } from './tries-settings.js';

/** `POST ldap.testConnection`, `ldap.testSearch` and `ldap.testSettings`: try the settings out, change nothing. */
export function createTestRoutes({
  readSettings,
  probe,
  suggestSettings,
  configuration,
}: Pick<RouterDependencies, 'readSettings' | 'probe' | 'suggestSettings' | 'configuration'>): Handlers<
  'testConnection' | 'testSearch' | 'testSettings' | 'suggestSettings'
> {
  const isOff = async (): Promise<boolean> => !(await readSettings()).get('LDAP_Enable');

  const tryOut = async (values: Readonly<Record<string, unknown>> | undefined): Promise<Settings | undefined> =>
    values && (await configuration.tryOut(toSettingValues(values))).settings;

  return {
    async testConnection() {
      if (await isOff()) return refused('LDAP_disabled');
      try {
        await probe.testConnection();
        return ok({ message: 'LDAP_Connection_successful' });
      } catch (error) {
        return connectionFailed(toReason(error));
      }
    },

    async testSearch({ input: { username } }) {
      if (await isOff()) return refused('LDAP_disabled');
      try {
        return (await probe.testSearch(username))
          ? ok({ message: 'LDAP_User_Found' })
          : refused('User not found');
      } catch (error) {
        toReason(error);
        return refused('LDAP_search_failed');
      }
    },

    async testSettings({ input: { username, settings: values, sections } }) {
      // Whoever tries settings out may have LDAP off still.
      if (!values && (await isOff())) return refused('LDAP_disabled');
      return answered(async () => {
        const settings = await tryOut(values);
        if (sections) return { sections: await probe.testSections({ username, settings, sections }) };
        return probe.testSettings({ username, settings });
      });
    },

    async suggestSettings({ input: { settings: values } }) {
      if (!values && (await isOff())) return refused('LDAP_disabled');
      return answered(async () => suggestSettings(await tryOut(values)));
    },
  };
}

/** The rest of a call whose directory has been asked. */
async function answered(ask: () => Promise<object>) {
  try {
    return ok(await ask());
  } catch (error) {
    if (error instanceof UnusableSettingsError) return unusableSettings(error);
    return connectionFailed(toReason(error));
  }
}

function connectionFailed(reason: string): Refused {
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
