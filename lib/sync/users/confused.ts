import { LdapSyncError } from '../../errors.js';

/**
 * The driver does not compare an answer with its question. If the connection delivers one answer twice, every
 * later answer goes to the wrong question.
 */
export function confused(): LdapSyncError {
  return new LdapSyncError('database-confused', 'The database answered another question than it was asked.', {
    remedy:
      'Look at what stands between this host and MongoDB (a proxy, a load balancer), restart the host, ' +
      'then run the sync again.',
  });
}
