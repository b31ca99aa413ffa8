import { createHash } from 'node:crypto';
import bcrypt from 'bcryptjs';
import express, { type Express } from 'express';
import type { Connection } from 'mongoose';
import { createLdapSync, type LdapSync } from '../../lib/create-ldap-sync.js';
import type { LdapSyncOptions } from '../../lib/options.js';
import { answersAsDescribed } from './answers-as-described.js';

/** The administrator that `seedAdmin` makes: signs in by token, second factor by password. */
export const ADMIN = {
  _id: 'adminUser00000001',
  username: 'admin',
  token: 'a-secret-token-of-the-admin',
  password: 'correct horse',
} as const;

export const AUTH_HEADERS = { 'X-User-Id': ADMIN._id, 'X-Auth-Token': ADMIN.token } as const;
export const SECOND_FACTOR = { 'x-2fa-method': 'password', 'x-2fa-code': sha256Hex(ADMIN.password) } as const;

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}

export async function seedAdmin(connection: Connection): Promise<void> {
  await connection.collection('users').insertOne({
    _id: ADMIN._id as never,
    username: ADMIN.username,
    name: 'Administrator',
    type: 'user',
    active: true,
    roles: ['admin'],
    emails: [{ address: 'admin@host.example', verified: true }],
    services: {
      password: { bcrypt: await bcrypt.hash(SECOND_FACTOR['x-2fa-code'], 4) },
      resume: { loginTokens: [{ hashedToken: hashToken(ADMIN.token), when: new Date() }] },
    },
  });
  await connection.collection('rocketchat_permissions').insertMany([
    { _id: 'sync-auth-services-users' as never, roles: ['admin'] },
    { _id: 'test-admin-options' as never, roles: ['admin'] },
    { _id: 'view-privileged-setting' as never, roles: ['admin'] },
    { _id: 'edit-privileged-setting' as never, roles: ['admin'] },
  ]);
}

/** Settings with which a sync may be asked for, of a directory that nobody serves: a run fails at once. */
export const UNREACHABLE_DIRECTORY = {
  LDAP_Enable: true,
  LDAP_Background_Sync: true,
  LDAP_Host: '127.0.0.1',
  LDAP_Port: 1,
  LDAP_BaseDN: 'dc=x',
} as const;

/** Stores settings as Rocket.Chat does. */
export async function storeSettings(
  connection: Connection,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (const [id, value] of Object.entries(settings)) {
    await connection
      .collection('rocketchat_settings')
      .updateOne({ _id: id as never }, { $set: { value } }, { upsert: true });
  }
}

export interface TestHost {
  readonly app: Express;
  readonly ldapSync: LdapSync;
}

/** A chat server that mounts the plugin as the README says. */
export function createHost(
  connection: Connection,
  options: Partial<LdapSyncOptions> & { parseJson?: boolean; mountPath?: string } = {},
): TestHost {
  const { parseJson = false, mountPath = '/api/v1', ...rest } = options;
  const ldapSync = createLdapSync({ connection, environment: {}, ...rest });
  const app = express();
  app.use(answersAsDescribed);
  if (parseJson) app.use(express.json());
  app.use(mountPath, ldapSync.router);
  return { app, ldapSync };
}
