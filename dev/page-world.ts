import type { Connection } from 'mongoose';
import {
  seedAdministrator,
  type Administrator,
  type TotpSeed,
} from '../examples/chat-server/administrator.js';
import { seedSession } from '../examples/chat-server/first-steps.js';
import type { ChatServerOptions } from '../examples/chat-server/app.js';
import { startChatServer, type RunningChatServer } from '../examples/chat-server/start-chat-server.js';
import { storeDemoSettings } from '../examples/demo/demo-settings.js';
import type { Logger } from '../lib/index.js';
import { PAGE_FILTER, PAGE_PEOPLE, PAGE_SUFFIX, toPageLdif, type PagePerson } from './page-people.js';
import { startSlapd, type Slapd } from './slapd.js';

/** A company with a directory and a chat server that has the admin page: for the page's tests and pictures. */
export interface PageWorld {
  readonly slapd: Slapd;
  readonly server: RunningChatServer;
  readonly administrator: Administrator;
  /** Of the administrator. */
  readonly token: string;
  /** Where the page is. */
  readonly pageUrl: string;
  stop(): Promise<void>;
}

interface WorldOptions {
  readonly people?: readonly PagePerson[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly totp?: TotpSeed;
  /** False: {@link seedNamesake} is called later. */
  readonly hasNamesake?: boolean;
  readonly logger: Logger;
  /** @default the example chat server */
  readonly startHost?: (options: ChatServerOptions, port: number) => Promise<RunningChatServer>;
}

/** Settings that let a test ask as often as it likes. */
const UNLIMITED = { API_Enable_Rate_Limiter: false } as const;

export async function startPageWorld(
  connection: Connection,
  {
    people = PAGE_PEOPLE,
    settings = {},
    totp,
    hasNamesake = true,
    logger,
    startHost = startChatServer,
  }: WorldOptions,
): Promise<PageWorld> {
  const slapd = await startSlapd({ suffix: PAGE_SUFFIX, ldif: toPageLdif(people) });
  if (hasNamesake) await seedNamesake(connection, 'grace.hopper@example.org');
  await storeDemoSettings(connection, {
    LDAP_Host: '127.0.0.1',
    LDAP_Port: slapd.port,
    LDAP_BaseDN: PAGE_SUFFIX,
    LDAP_Authentication: true,
    LDAP_Authentication_UserDN: slapd.rootDN,
    LDAP_Authentication_Password: slapd.rootPassword,
    LDAP_User_Search_Filter: PAGE_FILTER,
    LDAP_Server_Type: '',
    LDAP_Unique_Identifier_Field: 'entryUUID',
    LDAP_Name_Field: 'displayName,cn',
    LDAP_Merge_Existing_Users: true,
    ...UNLIMITED,
    ...(settings as Record<string, string>),
  });
  const administrator = await seedAdministrator(connection, totp);
  const token = await seedSession(connection, administrator);
  const server = await startHost({ connection, logger }, 0);
  return {
    slapd,
    server,
    administrator,
    token,
    pageUrl: `${server.url}/ldap-sync/`,
    async stop() {
      await server.stop();
      await slapd.stop();
    },
  };
}

/** Somebody who was in the chat before the directory was, with an address that nobody has verified. */
export async function seedNamesake(connection: Connection, address: string): Promise<void> {
  await connection.collection('users').insertOne({
    _id: 'namesakeUser00001' as never,
    type: 'user',
    username: 'grace',
    name: 'Grace H.',
    emails: [{ address, verified: false }],
    active: true,
    roles: ['user'],
    services: {},
    createdAt: new Date(),
  });
}
