import { SYNC_PERMISSION as SYNC } from '../lib/auth/sync-permission.js';
import type { Answered, Reply } from './reply.js';
import {
  checkBody,
  checkPermission,
  checkRateLimit,
  checkSecondFactor,
  checkStillSignedIn,
  checkSwitchedOn,
  checkWhere,
  type Call,
  type Check,
} from './checks.js';
import { createDecisionRoutes } from './decisions.js';
import { createExplainUserRoute } from './explain-user.js';
import { FORBIDDEN, refused } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { createRunEventStream } from './run-events.js';
import { createRunReports } from './run-reports.js';
import { triesSettings } from './setting-values.js';
import { createSettingsRoutes } from './settings-routes.js';
import { createStatus } from './status.js';
import { createPreviewSync, createSyncNow } from './sync-now.js';
import { createTestRoutes } from './test-routes.js';

export interface Route {
  readonly method: 'get' | 'post';
  /** `ldap.` and this. */
  readonly verb: string;
  /** In their order. */
  readonly checks: readonly Check[];
  readonly handle: (call: Call) => Promise<Reply | Answered>;
}

const TEST = 'test-admin-options';
/** Rocket.Chat's permissions for its own pages of settings. */
const SEE_SETTINGS = 'view-privileged-setting';
const EDIT_SETTINGS = 'edit-privileged-setting';

/**
 * All endpoints, each with what a call has to pass. Nothing that changes something is done by a token alone.
 */
export function createRoutes(dependencies: RouterDependencies): readonly Route[] {
  const reports = createRunReports(dependencies);
  const decisions = createDecisionRoutes(dependencies);
  const tests = createTestRoutes(dependencies);
  const settings = createSettingsRoutes(dependencies);
  const checks = createCheckLists(dependencies);
  const post = (verb: string, list: readonly Check[], handle: Route['handle']): Route => ({
    method: 'post',
    verb,
    checks: list,
    handle,
  });
  const get = (verb: string, list: readonly Check[], handle: Route['handle']): Route => ({
    method: 'get',
    verb,
    checks: list,
    handle,
  });

  return [
    post('syncNow', checks.contract('syncNow'), createSyncNow(dependencies)),
    post('previewSync', checks.preview('previewSync'), createPreviewSync(dependencies)),
    post('approveRun', checks.decide('approveRun'), decisions.approveRun),
    post('rejectRun', checks.decide('rejectRun'), decisions.rejectRun),
    post('revertRun', checks.decide('revertRun'), decisions.revertRun),
    post('cancelRun', checks.decide('cancelRun', FORBIDDEN), decisions.cancelRun),
    get('runInfo', checks.read('runInfo'), reports.runInfo),
    get('listRuns', checks.read('listRuns'), reports.listRuns),
    get('runChanges', checks.read('runChanges'), reports.runChanges),
    get('userHistory', checks.read('userHistory'), reports.userHistory),
    get('explainUser', checks.explain('explainUser'), createExplainUserRoute(dependencies)),
    get('status', checks.read('status'), createStatus(dependencies)),
    get('runEvents', checks.read('runEvents'), createRunEventStream({ ...dependencies, permission: SYNC })),
    get('settings', checks.seeSettings('settings'), settings.show),
    post('settings', checks.editSettings('settings.change'), settings.change),
    get('settingsHistory', checks.seeSettings('settingsHistory'), settings.history),
    post('restoreSettings', checks.editSettings('restoreSettings'), settings.restore),
    post('testConnection', checks.test('testConnection'), tests.testConnection),
    post('testSearch', checks.test('testSearch'), tests.testSearch),
    post('testSettings', checks.testInFull('testSettings'), tests.testSettings),
    post('suggestSettings', checks.testInFull('suggestSettings'), tests.suggestSettings),
  ];
}

function createCheckLists(dependencies: RouterDependencies) {
  const { authenticate, authorize, rateLimit, pollingRateLimit, verifySecondFactor } = dependencies;
  const may = (permission: string, refusal: Reply): Check => checkPermission(authorize, permission, refusal);
  const limited = (verb: string): Check => checkRateLimit(rateLimit, verb);
  const maySync = may(SYNC, NOT_AUTHORIZED);
  const mayTrySettings = checkWhere(triesSettings, may(EDIT_SETTINGS, FORBIDDEN));
  const secondFactor = checkSecondFactor(verifySecondFactor);
  const stillSignedIn = checkStillSignedIn(authenticate);
  const switchedOn = checkSwitchedOn(dependencies.readSettings);

  /**
   * The permission comes first, so that a user without it causes neither a hash nor a mail; and last, as it
   * may be gone by then.
   */
  const decide = (verb: string, refusal = NOT_AUTHORIZED): readonly Check[] => {
    const mayDecide = may(SYNC, refusal);
    return [mayDecide, limited(verb), checkBody, secondFactor, mayDecide, stillSignedIn];
  };

  return {
    decide,
    /** The order of Rocket.Chat. */
    contract: (verb: string) => [limited(verb), checkBody, secondFactor, maySync, switchedOn, stillSignedIn],
    preview: (verb: string) => [
      maySync,
      limited(verb),
      checkBody,
      mayTrySettings,
      secondFactor,
      maySync,
      mayTrySettings,
      stillSignedIn,
    ],
    read: (verb: string) => [may(SYNC, FORBIDDEN), checkRateLimit(pollingRateLimit, verb)],
    explain: (verb: string) => [may(SYNC, FORBIDDEN), limited(verb)],
    seeSettings: (verb: string) => [may(SEE_SETTINGS, FORBIDDEN), limited(verb)],
    editSettings: (verb: string) => [
      may(EDIT_SETTINGS, FORBIDDEN),
      limited(verb),
      checkBody,
      secondFactor,
      may(EDIT_SETTINGS, FORBIDDEN),
      stillSignedIn,
    ],
    test: (verb: string) => [
      may(TEST, FORBIDDEN),
      limited(verb),
      checkBody,
      may(TEST, FORBIDDEN),
      stillSignedIn,
    ],
    /** Tells of people, so a token alone is not enough. */
    testInFull: (verb: string) => [
      may(TEST, FORBIDDEN),
      limited(verb),
      checkBody,
      mayTrySettings,
      secondFactor,
      may(TEST, FORBIDDEN),
      mayTrySettings,
      stillSignedIn,
    ],
  } satisfies Record<string, (verb: string) => readonly Check[]>;
}

const NOT_AUTHORIZED = refused('error-not-authorized');
