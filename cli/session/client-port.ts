import { CommandError } from '../command-error.js';
import type {
  Answer,
  Asked,
  CallOptions,
  Change,
  LdapSyncClient,
  Run,
  RunWithRows,
} from '../../client/index.js';

/** The calls of the API, as commands make them. */
export type SyncClient = LdapSyncClient & LaterCalls;

interface LaterCalls {
  applyPlan?(
    input: { readonly runId: string; readonly secrets?: Readonly<Record<string, string>> },
    options?: CallOptions,
  ): Promise<{ readonly runId: string }>;
  suggestSettings?(input: { readonly settings?: SettingValues }, options?: CallOptions): Promise<object>;
}

/** A report without its lists, and with the first rows of them. */
export type { Change };
export type RunSummary = Run;
export type Report = RunWithRows;
export type Status = Answer<'status'>;
export type Settings = Answer<'settings'>;
export type SettingRow = Settings['settings'][number];
export type Changed = Answer<'changeSettings'>;
export type SettingValues = Asked<'changeSettings'>['settings'];
export type Explanation = Answer<'explainUser'>;

/** A call that this version has. */
export function known<Call>(call: Call | undefined, name: string): Call {
  if (call) return call;
  throw new CommandError('failed', `This version does not have ${name}.`, {
    remedy: 'Update chat-ldap-sync.',
  });
}
