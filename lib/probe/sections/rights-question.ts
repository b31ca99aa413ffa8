import type { Directory } from '../../directory/directory.js';
import type { ServerKind } from '../../directory/server-description.js';
import type { StateReading } from '../../settings/active-state.js';
import type { SyncSettings } from '../../settings/sync-settings.js';

/** Of which account it is asked what it is shown. */
export interface RightsQuestion {
  readonly directory: Directory;
  readonly signal: AbortSignal;
  readonly kind: ServerKind;
  readonly stateReading: StateReading;
  readonly search: SyncSettings['search'];
  readonly mapping: Pick<SyncSettings['mapping'], 'idAttributes' | 'furtherState' | 'attributesToQuery'>;
}
