/** `LDAP_Sync_User_Active_State`: what a disabled or enabled entry may do to a user. */
export type ActiveStatePolicy = 'none' | 'disable' | 'enable' | 'both';

/** Whether somebody who is disabled in the directory is to be off. */
export function followsDisabling(policy: ActiveStatePolicy): boolean {
  return policy === 'disable' || policy === 'both';
}

/**
 * What may say beside the attributes that always count that somebody may not sign in. They count where
 * `LDAP_Active_State_Attributes` names them, since people whom they switch off could sign in before.
 */
export const FURTHER_STATE_ATTRIBUTES = [
  'accountExpires',
  'shadowExpire',
  'pwdAccountLockedTime',
  'sambaAcctFlags',
] as const;

export type FurtherStateAttribute = (typeof FURTHER_STATE_ATTRIBUTES)[number];

/**
 * What it means when an entry says nothing of being disabled. `optional`: the directory leaves the attribute out
 * where the person is enabled. `required`: everybody has `userAccountControl`, so it is hidden. `by-rights`: it is
 * hidden unless the server says that the service account may read `nsAccountLock`. `lost`: the directory said it of
 * somebody before, and says it of nobody now.
 */
export type StateReading = 'optional' | 'required' | 'by-rights' | 'lost';
