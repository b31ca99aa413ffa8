import { createAppliesSettings } from './apply-plan.js';
import {
  checkBody,
  checkPermission,
  checkRateLimit,
  checkSecondFactor,
  checkStillSignedIn,
  checkSwitchedOn,
  checkWhere,
  type Check,
} from './checks.js';
import { EDIT_SETTINGS, GATES, type GateName } from './endpoints/gates.js';
import { FORBIDDEN, refused, type Refused } from './reply.js';
import type { RouterDependencies } from './router-dependencies.js';
import { triesSettings } from './tries-settings.js';

/** The checks of each kind of endpoint, in their order. `scope`: what the rate limit counts together. */
export type CheckLists = Readonly<Record<GateName, (scope: string) => readonly Check[]>>;

export function createCheckLists(dependencies: RouterDependencies): CheckLists {
  const { authenticate, authorize, rateLimit, pollingRateLimit, verifySecondFactor } = dependencies;
  const may = (gate: GateName, refusal: Refused = FORBIDDEN): Check =>
    checkPermission(authorize, GATES[gate].permission, refusal);
  const limited = (scope: string): Check => checkRateLimit(rateLimit, scope);
  const mayTrySettings = checkWhere(triesSettings, checkPermission(authorize, EDIT_SETTINGS, FORBIDDEN));
  const mayApplySettings = checkWhere(
    createAppliesSettings(dependencies),
    checkPermission(authorize, EDIT_SETTINGS, FORBIDDEN),
  );
  const secondFactor = checkSecondFactor(verifySecondFactor);
  const stillSignedIn = checkStillSignedIn(authenticate);
  const switchedOn = checkSwitchedOn(dependencies.readSettings);

  /**
   * The permission comes first, so that a user without it causes neither a hash nor a mail; and last, as it
   * may be gone by then.
   */
  const changing =
    (gate: GateName, refusal?: Refused) =>
    (scope: string): readonly Check[] => {
      const permitted = may(gate, refusal);
      return [permitted, limited(scope), checkBody, secondFactor, permitted, stillSignedIn];
    };
  /** The same, with a further permission where settings are in the call. */
  const trying =
    (gate: GateName, maySettings: Check, refusal?: Refused) =>
    (scope: string): readonly Check[] => {
      const permitted = may(gate, refusal);
      const first = [permitted, limited(scope), checkBody, maySettings];
      return [...first, secondFactor, permitted, maySettings, stillSignedIn];
    };

  return {
    /** The order of Rocket.Chat. */
    contract: (scope) => [
      ...[limited(scope), checkBody, secondFactor],
      ...[may('contract', NOT_AUTHORIZED), switchedOn, stillSignedIn],
    ],
    preview: trying('preview', mayTrySettings, NOT_AUTHORIZED),
    apply: trying('apply', mayApplySettings, NOT_AUTHORIZED),
    decide: changing('decide', NOT_AUTHORIZED),
    cancel: changing('cancel'),
    read: (scope) => [may('read'), checkRateLimit(pollingRateLimit, scope)],
    explain: (scope) => [may('explain'), limited(scope)],
    seeSettings: (scope) => [may('seeSettings'), limited(scope)],
    editSettings: changing('editSettings'),
    test: (scope) => [may('test'), limited(scope), checkBody, may('test'), stillSignedIn],
    testInFull: trying('testInFull', mayTrySettings),
  };
}

const NOT_AUTHORIZED = refused('error-not-authorized');
