import type { Endpoints } from '../routes/endpoints/endpoints.js';
import type { CallName } from './types.js';

/** How a call is made. The compiler compares it with the table of endpoints. */
export interface CallShape {
  readonly method: 'get' | 'post';
  readonly verb: string;
  /** Whether there is a query or a body. */
  readonly hasInput: boolean;
  /** Whether `Location` names a run. */
  readonly hasLocation: boolean;
}

type Shapes = {
  readonly [Name in CallName]: {
    readonly method: Endpoints[Name]['method'];
    readonly verb: Endpoints[Name]['verb'];
    readonly hasInput: Endpoints[Name] extends { readonly input: unknown } ? true : false;
    readonly hasLocation: Endpoints[Name] extends { readonly hasLocation: true } ? true : false;
  };
};

export const CALLS = {
  syncNow: { method: 'post', verb: 'syncNow', hasInput: false, hasLocation: true },
  syncPerson: { method: 'post', verb: 'syncPerson', hasInput: true, hasLocation: true },
  previewSync: { method: 'post', verb: 'previewSync', hasInput: true, hasLocation: true },
  applyPlan: { method: 'post', verb: 'applyPlan', hasInput: true, hasLocation: true },
  approveRun: { method: 'post', verb: 'approveRun', hasInput: true, hasLocation: true },
  rejectRun: { method: 'post', verb: 'rejectRun', hasInput: true, hasLocation: false },
  revertRun: { method: 'post', verb: 'revertRun', hasInput: true, hasLocation: true },
  cancelRun: { method: 'post', verb: 'cancelRun', hasInput: true, hasLocation: true },
  runInfo: { method: 'get', verb: 'runInfo', hasInput: true, hasLocation: false },
  listRuns: { method: 'get', verb: 'listRuns', hasInput: true, hasLocation: false },
  runChanges: { method: 'get', verb: 'runChanges', hasInput: true, hasLocation: false },
  userHistory: { method: 'get', verb: 'userHistory', hasInput: true, hasLocation: false },
  explainUser: { method: 'get', verb: 'explainUser', hasInput: true, hasLocation: false },
  status: { method: 'get', verb: 'status', hasInput: false, hasLocation: false },
  settings: { method: 'get', verb: 'settings', hasInput: false, hasLocation: false },
  changeSettings: { method: 'post', verb: 'settings', hasInput: true, hasLocation: false },
  settingsHistory: { method: 'get', verb: 'settingsHistory', hasInput: true, hasLocation: false },
  restoreSettings: { method: 'post', verb: 'restoreSettings', hasInput: true, hasLocation: false },
  testConnection: { method: 'post', verb: 'testConnection', hasInput: false, hasLocation: false },
  testSearch: { method: 'post', verb: 'testSearch', hasInput: true, hasLocation: false },
  suggestSettings: { method: 'post', verb: 'suggestSettings', hasInput: true, hasLocation: false },
  testSettings: { method: 'post', verb: 'testSettings', hasInput: true, hasLocation: false },
} as const satisfies Shapes;
