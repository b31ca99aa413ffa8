import type { DirectoryEntry } from '../directory/directory.js';
import { mapEntry, type Person } from '../mapping/map-entry.js';
import { toUniqueId } from '../mapping/unique-id.js';
import type { MappingSettings } from '../settings/sync-settings.js';
import type { SweepState } from './sweep-state.js';
import type { Tally } from './tally.js';

/** Records who was seen, then maps; whoever cannot be mapped becomes a row of the report. */
export function readPage(
  entries: readonly DirectoryEntry[],
  mapping: MappingSettings,
  state: SweepState,
  tally: Tally,
): readonly Person[] {
  const people: Person[] = [];
  tally.read(entries.length);
  state.read += entries.length;
  for (const entry of entries) {
    const identity = toUniqueId(entry, mapping.idAttributes);
    if (!identity) {
      state.unidentified += 1;
      reject(entry, 'rejected', {
        reason: `The entry has none of the attributes ${mapping.idAttributes.slice(0, 10).join(', ')}, so it cannot be told from others.`,
        remedy: 'Name an attribute that every entry has in LDAP_Unique_Identifier_Field, or let the service account read it.',
      });
      continue;
    }
    state.idAttributes.add(identity.idAttribute.toLowerCase());
    if (!state.seen.add(identity.id)) {
      state.duplicates += 1;
      reject(entry, 'conflicted', {
        reason: `Another entry has the same ${identity.idAttribute}.`,
        remedy: `Give each entry its own ${identity.idAttribute}, or name a unique attribute in LDAP_Unique_Identifier_Field.`,
      });
      continue;
    }
    const mapped = mapEntry(entry, identity, mapping);
    if ('person' in mapped) people.push(mapped.person);
    else reject(entry, 'rejected', mapped.rejection);
  }
  return people;

  function reject(entry: DirectoryEntry, outcome: 'rejected' | 'conflicted', why: { reason: string; remedy: string }): void {
    tally.count(outcome);
    tally.attention({ outcome, dn: entry.dn, ...why });
  }
}
