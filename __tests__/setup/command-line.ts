import { PassThrough } from 'node:stream';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { runCommandLine } from '../../cli/run-command-line.js';
import type { EmbeddedPerson } from '../../examples/embedded-directory/person.js';
import {
  startEmbeddedDirectory,
  type EmbeddedDirectory,
} from '../../examples/embedded-directory/start-embedded-directory.js';
import { ADMIN, createHost, seedAdmin, storeSettings, type TestHost } from './host.js';
import { openTestDatabase, type TestDatabase } from './mongo.js';

type Environment = Readonly<Record<string, string>>;

export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Given {
  readonly environment?: Environment;
  /** What is typed or piped. */
  readonly input?: string;
  /** Columns of a terminal that stdout is; absent: a pipe. */
  readonly columns?: number;
  readonly interrupted?: AbortSignal;
  /** Hears what is written to stderr. */
  readonly onNote?: (text: string) => void;
}

/** A command line in this process, with streams of its own. */
export async function command(argv: readonly string[], given: Given = {}): Promise<Result> {
  const { environment = {}, input = '', columns, interrupted = new AbortController().signal, onNote } = given;
  const stdin = new PassThrough();
  stdin.end(input);
  const stdout = Object.assign(new PassThrough(), columns === undefined ? {} : { isTTY: true, columns });
  const stderr = new PassThrough();
  const [out, err] = [collect(stdout), collect(stderr)];
  if (onNote) stderr.on('data', onNote);
  const code = await runCommandLine(argv, {
    streams: { stdin, stdout, stderr, environment } as never,
    version: '0.0.0',
    interrupted,
  });
  return { code, out: out(), err: err() };
}

function collect(stream: PassThrough): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}

/** A chat server with a directory of eight, `p0` to `p7`, over HTTP and with its database. */
export interface Company {
  directory(): EmbeddedDirectory;
  database(): TestDatabase;
  host(): TestHost;
  url(): string;
  /** What a command needs to go over HTTP, with the password as the second factor. */
  overHttp(): Environment;
  overDatabase(): Environment;
}

const SETTINGS = {
  LDAP_Enable: true,
  LDAP_Background_Sync: true,
  LDAP_Background_Sync_Disable_Missing_Users: true,
  LDAP_Guard_Always_Allowed: 1,
  LDAP_Authentication: true,
  LDAP_Server_Type: '',
  LDAP_User_Search_Filter: '(objectClass=inetOrgPerson)',
  LDAP_Unique_Identifier_Field: 'entryUUID',
  API_Enable_Rate_Limiter: false,
  Accounts_Send_Email_When_Deactivating: false,
  Accounts_Send_Email_When_Activating: false,
} as const;

export function toPerson(index: number, displayName?: string): EmbeddedPerson {
  const uid = `p${index}`;
  return {
    uid,
    givenName: 'Person',
    sn: uid,
    title: 'Person',
    unit: 'Support',
    mail: `${uid}@example.org`,
    ...(displayName === undefined ? {} : { displayName }),
  };
}

/** The settings with which a directory is read. */
export function toSettings({ host, port, baseDN, bindDN, bindPassword }: EmbeddedDirectory) {
  return {
    ...SETTINGS,
    LDAP_Host: host,
    LDAP_Port: port,
    LDAP_BaseDN: baseDN,
    LDAP_Authentication_UserDN: bindDN,
    LDAP_Authentication_Password: bindPassword,
  };
}

/** For the suite it is called in: new for each test. */
export function useCompany(people = Array.from({ length: 8 }, (_, index) => toPerson(index))): Company {
  let directory: EmbeddedDirectory;
  let database: TestDatabase;
  let host: TestHost;
  let server: Server;
  beforeEach(async () => {
    directory = await startEmbeddedDirectory(people);
    database = await openTestDatabase();
    await storeSettings(database.connection, toSettings(directory));
    await seedAdmin(database.connection);
    host = createHost(database.connection);
    server = createServer(host.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await host.ldapSync.stop();
    await directory.stop();
    await database.close();
  });
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    directory: () => directory,
    database: () => database,
    host: () => host,
    url,
    overHttp: () => ({
      CHAT_LDAP_SYNC_URL: url(),
      CHAT_LDAP_SYNC_USER_ID: ADMIN._id,
      CHAT_LDAP_SYNC_AUTH_TOKEN: ADMIN.token,
      CHAT_LDAP_SYNC_PASSWORD: ADMIN.password,
    }),
    overDatabase: () => ({ MONGO_URL: database.url }),
  };
}
