import type { Express } from 'express';
import { startSlapd, type Slapd } from '../../dev/slapd.js';
import type { LdapSync } from '../../lib/create-ldap-sync.js';
import type { Explanation } from '../../lib/explain/explain-user.js';
import type { ChangeRow } from '../../models/change-row.js';
import type { UserRecord } from '../../models/user.js';
import { createAdminClient, type AdminClient } from '../setup/admin-client.js';
import { createHost, seedAdmin, storeSettings } from '../setup/host.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';
import { settingsFor, SUFFIX, toOrganisation } from '../setup/organisation.js';

/** OpenLDAP has no attribute for a disabled account; Novell's is taken, and shadowExpire of RFC 2307. */
const LOCKABLE = [
  "attributetype ( 1.2.3.4.1 NAME 'loginDisabled' EQUALITY caseIgnoreMatch SYNTAX " +
    '1.3.6.1.4.1.1466.115.121.1.15 )',
  "attributetype ( 1.3.6.1.1.1.1.10 NAME 'shadowExpire' EQUALITY integerMatch SYNTAX " +
    '1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )',
  "objectclass ( 1.2.3.4.2 NAME 'lockable' AUXILIARY MAY ( loginDisabled $ shadowExpire ) )",
].join('\n');

export const dnOf = (uid: string, unit = 'people') => `uid=${uid},ou=${unit},${SUFFIX}`;

/** The body of a 200, as JSON shows it. */
export interface ExplainBody extends Omit<Explanation, 'user' | 'runs'> {
  readonly asked: object;
  readonly user: (Pick<UserRecord, '_id' | 'username'> & { readonly ldap: unknown }) | null;
  readonly runs: readonly { readonly runId: string; readonly rows: readonly ChangeRow[] }[];
}

/** A directory, a database and a chat server, and what an administrator asks them. */
export interface ExplainHost {
  readonly app: Express;
  readonly slapd: Slapd;
  readonly database: TestDatabase;
  readonly ldapSync: LdapSync;
  readonly admin: AdminClient;
  users(): ReturnType<TestDatabase['connection']['collection']>;
  set(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** The body of a 200. */
  explain(query: object): Promise<ExplainBody>;
  modify(uid: string, change: string): void;
  rename(uid: string, to: string): void;
  leave(uid: string): void;
  lock(uid: string): void;
  close(): Promise<void>;
}

export async function openExplainHost(
  people: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
): Promise<ExplainHost> {
  const slapd = await startSlapd({ suffix: SUFFIX, ldif: toOrganisation(people), globalConfig: LOCKABLE });
  const database = await openTestDatabase();
  const set = (values: Readonly<Record<string, unknown>>) => storeSettings(database.connection, values);
  await seedAdmin(database.connection);
  await set({ ...settingsFor(slapd), API_Enable_Rate_Limiter: false, ...settings });
  const { app, ldapSync } = createHost(database.connection);
  const admin = createAdminClient(app);
  const modify = (uid: string, change: string) =>
    slapd.modify(`dn: ${dnOf(uid)}\nchangetype: modify\n${change}\n`);
  return {
    app,
    slapd,
    database,
    ldapSync,
    admin,
    users: () => database.connection.collection('users'),
    set,
    async explain(query) {
      const { status, body } = await admin.get('explainUser', query);
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body as ExplainBody;
    },
    modify,
    rename: (uid, to) =>
      slapd.modify(`dn: ${dnOf(uid)}\nchangetype: modrdn\nnewrdn: uid=${to}\ndeleteoldrdn: 1\n`),
    leave: (uid) => slapd.modify(`dn: ${dnOf(uid)}\nchangetype: delete\n`),
    lock: (uid) =>
      modify(uid, 'add: objectClass\nobjectClass: lockable\n-\nadd: loginDisabled\nloginDisabled: TRUE'),
    async close() {
      await ldapSync.stop();
      await database.close();
      await slapd.stop();
    },
  };
}
