import type { Principal } from './auth/principal.js';
import type { ComposeGate } from './compose-router.js';
import { composeLdapSync, type LdapSync } from './create-ldap-sync.js';
import type { LdapSyncOptions } from './options.js';
import { LEASE_TIMES } from './sync/run/lease.js';

/**
 * The plugin for whoever holds the connection string of the database: its router takes every call as the operator's,
 * without a token, a permission, a second factor or a limit, since the operator could write anything into the
 * database anyway. It must never listen on a network. Not public: a host that mounted it would be open to everybody.
 */
export function composeOperator(options: LdapSyncOptions, operator: Principal): LdapSync {
  const gate: ComposeGate = () => ({
    authenticate: () => Promise.resolve(operator),
    authorize: () => Promise.resolve(true),
    strangerLimit: () => Promise.resolve(undefined),
    rateLimit: () => Promise.resolve(undefined),
    pollingRateLimit: () => Promise.resolve(undefined),
    verifySecondFactor: () => Promise.resolve({ outcome: 'passed' }),
  });
  return composeLdapSync(options, LEASE_TIMES, gate);
}
