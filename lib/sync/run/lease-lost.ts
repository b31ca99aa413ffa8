import { LdapSyncError } from '../../errors.js';

/** Another run may be writing by now. */
export function leaseLost(): LdapSyncError {
  return new LdapSyncError(
    'lease-lost',
    'This host lost contact with the database for too long, or another host took the run over.',
    { remedy: 'Run the sync again; check the connection to MongoDB if this returns.' },
  );
}
