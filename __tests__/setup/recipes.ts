import { blockOf, readBlocks } from './page-blocks.js';
import { createAdminClient, type RunBody } from './admin-client.js';
import { createHost, seedAdmin, type TestHost } from './host.js';
import { openTestDatabase, type TestDatabase } from './mongo.js';

const blocks = readBlocks('docs/directories.md');

/** A block of docs/directories.md, with the suffix of a directory that runs here. */
export function recipeOf(name: string, documented = '', here = ''): string {
  return blockOf(blocks, name).replaceAll(documented, here);
}

/** Where the directory of a recipe is here: no name of it resolves, and its certificate is of no authority. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** A host whose settings are those of recipes. */
export interface RecipeHost {
  readonly database: TestDatabase;
  /** Saves the settings over HTTP, as the page says; those that lead to the directory lead to `place`. */
  save(json: string, place?: Place): Promise<void>;
  sync(): Promise<RunBody>;
  /** User name → whether the user is on. */
  states(): Promise<Readonly<Record<string, boolean>>>;
  close(): Promise<void>;
}

export async function openRecipeHost(): Promise<RecipeHost> {
  const database = await openTestDatabase();
  await seedAdmin(database.connection);
  const environment = { OVERWRITE_SETTING_API_Enable_Rate_Limiter: 'false' };
  const host: TestHost = createHost(database.connection, { environment });
  const admin = createAdminClient(host.app);
  return {
    database,
    async save(json, place) {
      const { settings } = JSON.parse(json) as { settings: object };
      const led = place
        ? { LDAP_Host: place.host, LDAP_Port: place.port, LDAP_Encryption: 'plain' as const }
        : {};
      const { body } = await admin.post('settings', { settings: { ...settings, ...led } });
      expect(body).toMatchObject({ success: true });
    },
    sync: () => admin.run('syncNow'),
    async states() {
      const users = await database.connection
        .collection('users')
        .find({ ldap: true })
        .sort({ username: 1 })
        .toArray();
      return Object.fromEntries(users.map(({ username, active }) => [username as string, active as boolean]));
    },
    async close() {
      await host.ldapSync.stop();
      await database.close();
    },
  };
}
