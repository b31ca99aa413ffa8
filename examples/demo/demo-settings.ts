import type { Connection } from 'mongoose';

const SYNC_SETTINGS = {
  LDAP_Enable: true,
  LDAP_Background_Sync: true,
  LDAP_Background_Sync_Avatars: true,
  LDAP_Background_Sync_Disable_Missing_Users: true,
  LDAP_Connect_Timeout: 5_000,
  // So that a list of few is held, too: the company of the demo is small.
  LDAP_Guard_Always_Allowed: 2,
  // The demo has no mail server.
  Accounts_Send_Email_When_Deactivating: false,
  Accounts_Send_Email_When_Activating: false,
} as const;

/** Stores what a sync needs where Rocket.Chat stores it: a document for each setting. */
export async function storeDemoSettings(
  connection: Connection,
  directory: Readonly<Record<string, string | number | boolean>>,
): Promise<void> {
  const settings = connection.collection<{ _id: string; value: unknown }>('rocketchat_settings');
  await settings.insertMany(
    Object.entries({ ...SYNC_SETTINGS, ...directory }).map(([_id, value]) => ({ _id, value })),
  );
}
