import type { Person } from '../../mapping/map-entry.js';
import type { MappingSettings } from '../../settings/sync-settings.js';
import { managedFieldsOf } from '../plan/fields-of-run.js';
import { toGivenName } from '../removals/leaving-rooms.js';
import type { SweepState } from '../removals/sweep-state.js';

/** What somebody has: nobody's loss of it may be that nothing of the kind can be read. */
export function noteFilled(people: readonly Person[], mapping: MappingSettings, state: SweepState): void {
  for (const { field, loss } of managedFieldsOf(mapping).losable)
    if (!state.filled.has(field) && people.some((person) => loss.isFilled(person))) state.filled.add(field);
  for (const { grants } of people) for (const role of grants?.roles?.given ?? []) state.givenRoles.add(role);
  if (people.some(({ photo }) => photo !== undefined)) state.filled.add('photo');
  for (const { grants = {} } of people)
    for (const [kind, { given }] of Object.entries(grants)) {
      if (given.size > 0) state.filled.add(kind);
      for (const name of given) state.givenNames.add(toGivenName(kind, name));
    }
}
