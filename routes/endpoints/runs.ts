import { applyPlanAnswer, applyPlanBody, applyPlanDemand } from '../schemas/apply-plan.js';
import {
  approveRunAnswer,
  approveRunBody,
  approveRunDemand,
  cancelRunAnswer,
  rejectRunAnswer,
  rejectRunBody,
  rejectRunDemand,
  revertRunAnswer,
  runBody,
  runDemand,
} from '../schemas/decisions.js';
import {
  previewSyncAnswer,
  previewSyncBody,
  previewSyncDemand,
  syncNowAnswer,
  syncPersonAnswer,
  syncPersonBody,
  syncPersonDemand,
} from '../schemas/sync-now.js';
import type { Endpoint } from './endpoint.js';

const NOT_POSSIBLE = 'Not possible; `errorType` and `details.remedy` say why';
const SWITCHED_OFF =
  'A second factor is needed or wrong, the permission is missing, LDAP is off, or nothing is switched on to sync';

/** What starts a run, decides about one, or ends one. */
export const RUN_ENDPOINTS = {
  syncNow: {
    method: 'post',
    verb: 'syncNow',
    gate: 'contract',
    about: 'Starts a sync, or joins the one that is going',
    more: 'No body is needed. Answers at once; `Location` says where the run can be watched.',
    answer: syncNowAnswer,
    answered: 'A run has been started or joined',
    hasLocation: true,
    refused: SWITCHED_OFF,
  },
  syncPerson: {
    method: 'post',
    verb: 'syncPerson',
    gate: 'decide',
    about: 'Syncs one person',
    more:
      'Give exactly one field, as for `ldap.explainUser`. Starts a run of kind `person-sync`: the person is looked up, and ' +
      'what adds or corrects is written as in a sync, a new account included. What would take something away waits: the ' +
      'run is `held`, and its rows can be approved or rejected until the next sync of everybody, which decides by itself. ' +
      'Nobody else is touched, nobody is missing by it, and a list that waits goes on waiting. Where not exactly one entry ' +
      'that a sync reads is found, the run ends `failed`, changes nothing, and says so; it also ends `failed` where ' +
      'something stands against it, as a name of another account does (`attention`). `errorType`: `invalid-params`, ' +
      '`run-in-progress` (a sync that is going reads this person, too).',
    input: syncPersonBody,
    demand: syncPersonDemand,
    answer: syncPersonAnswer,
    answered: 'The sync of the person has been started',
    hasLocation: true,
    refused: SWITCHED_OFF,
  },
  previewSync: {
    method: 'post',
    verb: 'previewSync',
    gate: 'preview',
    about: 'Shows what a sync would do',
    more:
      'The whole sweep and plan of a sync, writing to nobody. The plan is at `ldap.runChanges`. Runs beside a sync; a ' +
      'call without `settings` while a preview is going joins it, any other is answered `run-in-progress`.',
    input: previewSyncBody,
    demand: previewSyncDemand,
    answer: previewSyncAnswer,
    answered: 'A preview has been started or joined',
    hasLocation: true,
    refused: SWITCHED_OFF,
  },
  applyPlan: {
    method: 'post',
    verb: 'applyPlan',
    gate: 'apply',
    about: 'Does what a preview has shown, and saves its settings',
    more:
      'Starts a run of kind `application`, which sweeps anew with the settings of the preview. What adds flows. Once the ' +
      'sweep is verified the settings are saved (`settingsChange` of the run), and the removals that the preview has shown ' +
      'are done, however many, each after a look-up. Other removals wait (`held.code` is `not-in-plan`), and so do those ' +
      'that need a decision by their nature. A sweep that proves nothing saves nothing and removes nobody. `plan` of the ' +
      'run says what differed. An application that was cut off may be asked for again. `errorType`: `run-not-found`, ' +
      '`plan-not-applicable`, `plan-already-applied`, `plan-expired` (24 hours, or 100 newer previews), `plan-outdated` (the settings have been ' +
      'changed since), `invalid-settings` (`details.problems` names the secrets to give again), `settings-read-only`, ' +
      '`run-in-progress`.',
    input: applyPlanBody,
    demand: applyPlanDemand,
    answer: applyPlanAnswer,
    answered: 'The application has been started',
    hasLocation: true,
    refused: NOT_POSSIBLE,
  },
  approveRun: {
    method: 'post',
    verb: 'approveRun',
    gate: 'decide',
    about: 'Does the removals a run held, all or some',
    more:
      'Starts a run of kind `approval`: with `rows` it does these rows only, and the others go on waiting; everybody ' +
      'it is about is looked up again by their immutable id, and only what still holds is done. The approver is ' +
      'recorded. What an approval that failed did not come to may be approved again. `errorType`: `run-not-found`, ' +
      '`run-not-held`, `run-already-decided`, `rows-not-waiting`, `rows-expired`, `run-overtaken`, `run-in-progress`.',
    input: approveRunBody,
    demand: approveRunDemand,
    answer: approveRunAnswer,
    answered: 'The approval has been started',
    hasLocation: true,
    refused: NOT_POSSIBLE,
  },
  rejectRun: {
    method: 'post',
    verb: 'rejectRun',
    gate: 'decide',
    about: 'Closes a held run, or some of its rows',
    more:
      'Nothing of its list is done; the next sync asks again if it still wants too much. With `rows` it is about these ' +
      'rows only, and the others go on waiting. `errorType`: `run-not-found`, `run-not-held`, `run-already-decided`, ' +
      '`rows-not-waiting`, `rows-expired`, `run-overtaken`.',
    input: rejectRunBody,
    demand: rejectRunDemand,
    answer: rejectRunAnswer,
    answered: 'The held run is closed',
    refused: NOT_POSSIBLE,
  },
  revertRun: {
    method: 'post',
    verb: 'revertRun',
    gate: 'decide',
    about: 'Takes back what a run took away',
    more:
      'Starts a run of kind `revert`: whom the run switched off, renamed or stripped of an address or another value is ' +
      'as before, where nobody has changed it since; who cannot be restored is named in `attention`. `errorType`: ' +
      '`run-not-found`, `run-not-revertible`, `run-already-reverted`, `run-in-progress`.',
    input: runBody,
    demand: runDemand,
    answer: revertRunAnswer,
    answered: 'The revert has been started',
    hasLocation: true,
    refused: NOT_POSSIBLE,
  },
  cancelRun: {
    method: 'post',
    verb: 'cancelRun',
    gate: 'cancel',
    about: 'Ends a run within a page',
    more:
      'On whichever host it is; what was written until then stays, and is counted. `errorType`: `run-not-found`, ' +
      '`run-not-running`.',
    input: runBody,
    demand: runDemand,
    answer: cancelRunAnswer,
    answered: 'The run has been asked to end',
    hasLocation: true,
    refused: NOT_POSSIBLE,
  },
} as const satisfies Record<string, Endpoint>;
