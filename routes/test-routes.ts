import { LdapSyncError } from '../lib/errors.js';
import type { Settings } from '../lib/settings/settings.js';
import { UnusableSettingsError } from '../lib/settings/unusable-settings-error.js';
import type { Handlers } from './handler.js';
import type { RouterDependencies } from './router-dependencies.js';
import { ok, refused, unusableSettings, type Refused, type Reply } from './reply.js';
import { toSettingValues } from './tries-settings.js';

type TriedValues = Parameters<typeof toSettingValues>[0] | undefined;
type Handled = 'testConnection' | 'testSearch' | 'testSettings' | 'suggestSettings';

/**
 * `POST ldap.testConnection`, `ldap.testSearch`, `ldap.testSettings` and `ldap.suggestSettings`: try the settings out,
 * change nothing.
 */
export function createTestRoutes({
  readSettings,
  probe,
  suggestSettings,
  configuration,
}: Pick<
  RouterDependencies,
  'readSettings' | 'probe' | 'suggestSettings' | 'configuration'
>): Handlers<Handled> {
  const isOff = async (): Promise<boolean> => !(await readSettings()).get('LDAP_Enable');

  const tryOut = async (values: TriedValues): Promise<Settings | undefined> =>
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

/** The rest of a call, in which the directory is asked. */
async function answered<Answer extends object>(
  ask: () => Promise<Answer>,
): Promise<Reply<Answer & { readonly success: true }> | Refused> {
  try {
    return ok(await ask());
  } catch (error) {
    if (error instanceof UnusableSettingsError) return unusableSettings(error);
    const reason = toReason(error);
    return connectionFailed(reason, error instanceof LdapSyncError ? error.finding : undefined);
  }
}

/** `finding` belongs to answers that are no part of Rocket.Chat's contract. */
function connectionFailed(reason: string, finding?: LdapSyncError['finding']): Refused {
  return {
    status: 400,
    body: {
      success: false,
      error: 'LDAP_Connection_failed_reason',
      errorType: 'error-ldap-connection-failed',
      details: { reason, ...finding },
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
