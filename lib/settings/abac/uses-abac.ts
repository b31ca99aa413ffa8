import type { Settings } from '../settings.js';

/** What keeps the chat server from going by the attributes of users. */
export type AbacObstacle = 'off' | 'virtru';

/** Why attributes would be synced in vain, if they would. */
export function findAbacObstacle({ get }: Settings): AbacObstacle | undefined {
  if (!get('ABAC_Enabled')) return 'off';
  return get('ABAC_PDP_Type').trim().toLowerCase() === 'virtru' ? 'virtru' : undefined;
}

/** Whether a sync brings ABAC attributes, whether it brings people or not. */
export function syncsAbac(settings: Settings): boolean {
  return settings.get('LDAP_Background_Sync_ABAC_Attributes') && findAbacObstacle(settings) === undefined;
}
