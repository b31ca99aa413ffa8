export { createClient } from './create-client.js';
export { ApiError } from './api-error.js';
export type {
  Answer,
  Asked,
  CallName,
  CallOptions,
  Change,
  Challenge,
  ClientOptions,
  Credentials,
  LdapSyncClient,
  Run,
  RunEvent,
  RunWithRows,
  SecondFactor,
  SecondFactorMethod,
} from './types.js';
