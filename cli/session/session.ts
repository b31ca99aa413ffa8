import type { LdapSyncClient } from '../../client/index.js';

/** The calls that a command makes, over whichever way. */
export interface Session {
  readonly client: LdapSyncClient;
  /** `process`: runs that are started here are done by this process, and end with it. */
  readonly runsIn: 'server' | 'process';
  /** Ends runs of this process cleanly, and lets go of everything. Idempotent. */
  close(): Promise<void>;
}
