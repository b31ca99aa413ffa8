import type { Authenticate, Authorize } from '../lib/auth/principal.js';
import type { RateLimit } from '../lib/auth/rate-limit.js';
import type { VerifySecondFactor } from '../lib/auth/second-factor/second-factor.js';
import type { StrangerLimit } from '../lib/auth/stranger-limit.js';
import type { ApplyPlan } from '../lib/configure/apply-plan.js';
import type { Configuration } from '../lib/configure/configuration.js';
import type { Plans } from '../lib/configure/plans.js';
import type { SuggestSettings } from '../lib/suggest/suggest-settings.js';
import type { DirectoryProbe } from '../lib/probe/directory-probe.js';
import type { ExplainUser } from '../lib/explain/explain-user.js';
import type { ShowPhoto } from '../lib/explain/show-photo.js';
import type { Logger } from '../lib/logger.js';
import type { ReadSettings } from '../lib/settings/settings.js';
import type { Decisions } from '../lib/sync/decisions.js';
import type { ChangeHistory } from '../lib/sync/history/change-history.js';
import type { RunLog } from '../lib/sync/run/run-log.js';
import type { SyncService } from '../lib/sync/sync-service.js';
import type { FindKnownAccounts } from '../lib/sync/users/known-accounts.js';
import type { ReadStatus } from '../lib/watch/status.js';
import type { DatabaseGuard } from './database-guard.js';

/** What the endpoints are made of. */
export interface RouterDependencies {
  readonly databaseGuard: DatabaseGuard;
  readonly authenticate: Authenticate;
  readonly authorize: Authorize;
  readonly strangerLimit: StrangerLimit;
  readonly rateLimit: RateLimit;
  /** For what is asked again and again while a run goes on. */
  readonly pollingRateLimit: RateLimit;
  readonly verifySecondFactor: VerifySecondFactor;
  readonly probe: DirectoryProbe;
  readonly suggestSettings: SuggestSettings;
  readonly readSettings: ReadSettings;
  readonly service: SyncService;
  readonly configuration: Configuration;
  readonly plans: Plans;
  readonly applyPlan: ApplyPlan;
  readonly decisions: Decisions;
  readonly explainUser: ExplainUser;
  readonly showPhoto: ShowPhoto;
  readonly history: ChangeHistory;
  readonly findKnownAccounts: FindKnownAccounts;
  readonly runs: RunLog;
  readonly readStatus: ReadStatus;
  readonly logger: Logger;
  /** Aborts when the host shuts down. */
  readonly stopping: AbortSignal;
}
