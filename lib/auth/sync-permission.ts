/** Rocket.Chat's permission to start a sync and to read about it. */
export const SYNC_PERMISSION = 'sync-auth-services-users';
