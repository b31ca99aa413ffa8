export { createLdapSync, type LdapSync } from './create-ldap-sync.js';
export type { LdapSyncOptions } from './options.js';
export { LdapSyncError, type LdapSyncErrorCode } from './errors.js';
export type { Authenticate, Authorize, Principal } from './auth/principal.js';
export type { MailMessage, SendMail } from './auth/mail-sender.js';
export type { Clock } from './clock.js';
export type { Logger } from './logger.js';
export type { PageOptions } from './page/page-options.js';
export type { SettingsSource } from './settings/settings.js';
export type { AvatarFile, AvatarStore } from './sync/avatars/host-store.js';
export type { RunEventMap, RunEvents } from './sync/run/run-events.js';
export type {
  AttentionRow,
  HeldDecision,
  HeldRemovals,
  Outcome,
  Requester,
  RunCounts,
  RunKind,
  RunPhase,
  RunProblem,
  RunReport,
  RunState,
} from '../models/run-report.js';
