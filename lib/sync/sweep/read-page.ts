import type { Advice } from '../../advice.js';
import type { DirectoryEntry } from '../../directory/directory.js';
import { findDisabling, type StateAttribute } from '../../mapping/active-state.js';
import { withFormers } from '../../mapping/former-ids.js';
import { toGrantsPart } from '../../mapping/grants.js';
import { mapEntry, type Person } from '../../mapping/map-entry.js';
import { identifyEntry, type LdapIdentity } from '../../mapping/ldap-identity.js';
import type { MappingSettings } from '../../settings/sync-settings.js';
import type { AttentionRow } from '../../../models/run-report.js';
import { NO_GROUPS, type EntryGroups, type GroupsByEntry } from '../belonging/entry-groups.js';
import type { SweepState } from '../removals/sweep-state.js';
import { noteFilled } from './note-filled.js';

/** A person whose entry says that they are disabled, whatever else is wrong with it. */
export interface ShownDisabled extends LdapIdentity {
  readonly dn: string;
  readonly disabledBy?: StateAttribute | undefined;
}

/** A page after mapping. */
export interface ReadPage {
  readonly entries: number;
  readonly people: readonly Person[];
  /** The identities of all people who can be told apart, whether or not their entries can be mapped. */
  readonly identities: readonly LdapIdentity[];
  /** Those of them who are shown as disabled by an entry that cannot be mapped. */
  readonly shownDisabled: readonly ShownDisabled[];
  /** Rows about entries that cannot be mapped, or cannot be told apart from others. */
  readonly refused: readonly AttentionRow[];
}

/** How entries are read. */
interface Reading {
  readonly mapping: MappingSettings;
  /**
   * What groups say. Whoever is not in the group whose members are synced is passed over, as if the search had
   * not found them.
   */
  readonly groups?: GroupsByEntry;
}

/**
 * Records the ids seen, then maps the entries. An entry that cannot be mapped becomes a row of the report.
 */
export function readPage(
  entries: readonly DirectoryEntry[],
  { mapping, groups = NO_GROUPS }: Reading,
  state: SweepState,
): ReadPage {
  const people: Person[] = [];
  const identities: LdapIdentity[] = [];
  const shownDisabled: ShownDisabled[] = [];
  const refused: AttentionRow[] = [];
  const idAttributes = mapping.idAttributes.map((name) => name.toLowerCase());
  state.read += entries.length;
  for (const entry of entries) {
    const identified = identifyEntry(entry, mapping.idAttributes);
    if (!identified) {
      state.unidentified += 1;
      reject(entry, 'rejected', toUnidentified(mapping));
      continue;
    }
    const identity = withFormers(identified, entry, mapping);
    noteAttribute(identity, idAttributes, state);
    const saying = groups.get(entry);
    if (saying?.membership === 'not-member') {
      state.outsideGroup += 1;
      continue;
    }
    if (!state.seen.add(identity.id)) {
      state.duplicates += 1;
      reject(entry, 'conflicted', toRepeated(identity));
      continue;
    }
    identities.push(identity);
    const mapped = mapEntry(entry, identity, mapping);
    if ('rejection' in mapped) {
      const disabledBy = findDisabling(entry, mapping);
      if (disabledBy !== undefined) shownDisabled.push({ ...identity, dn: entry.dn, disabledBy });
      reject(entry, 'rejected', mapped.rejection);
      continue;
    }
    if (mapped.person.disabled === undefined) state.stateUnknown += 1;
    people.push({ ...mapped.person, ...ofGroups(mapped.person, saying) });
  }
  noteFilled(people, mapping, state);
  return { entries: entries.length, people, identities, shownDisabled, refused };

  function reject(entry: DirectoryEntry, outcome: 'rejected' | 'conflicted', why: Advice): void {
    refused.push({ outcome, dn: entry.dn, ...why });
  }
}

/** What groups say of a person. */
function ofGroups(
  person: Person,
  saying: EntryGroups | undefined,
): Pick<Person, 'hasUnknownMembership' | 'grants'> {
  const { membership, grants } = saying ?? {};
  return {
    ...(membership === 'unknown' ? { hasUnknownMembership: true } : {}),
    ...toGrantsPart(person, grants),
  };
}

/** Which attribute the id came from, and which ones before it the entry lacks. */
function noteAttribute(
  { idAttribute }: LdapIdentity,
  candidates: readonly string[],
  { idAttributes, lackedIdAttributes }: SweepState,
): void {
  const found = idAttribute.toLowerCase();
  idAttributes.add(found);
  for (const candidate of candidates) {
    if (candidate === found) return;
    lackedIdAttributes.add(candidate);
  }
}

function toUnidentified({ idAttributes }: MappingSettings): Advice {
  const attributes = idAttributes.slice(0, 10).join(', ');
  return {
    code: 'entry-unidentified',
    params: { attributes },
    reason:
      `The entry has none of the attributes ${attributes}, or more values of one than are read, so it ` +
      'cannot be told from others.',
    remedy:
      'Name an attribute that every entry has in LDAP_Unique_Identifier_Field, or let the service ' +
      'account read it.',
  };
}

function toRepeated({ idAttribute: attribute }: LdapIdentity): Advice {
  return {
    code: 'entry-id-repeated',
    params: { attribute },
    reason: `Another entry has the same ${attribute}.`,
    remedy:
      `Give each entry its own ${attribute}, or name a unique attribute in ` +
      'LDAP_Unique_Identifier_Field.',
  };
}
