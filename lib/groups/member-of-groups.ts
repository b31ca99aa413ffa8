import { toBatches } from '../batches.js';
import type { DirectoryEntry } from '../directory/directory.js';
import { allOf, anyOf, equals, present } from '../directory/filter/search-filter.js';
import type { GroupForm, GroupReading, MembershipQuestion, PersonMemberships } from '../directory/groups.js';
import type { GroupPerson } from '../directory/groups.js';
import { textsOf } from './group-node.js';
import { fillGroupName, fillPerson } from './group-template.js';
import type { KeyTable } from './key-table.js';
import { toMemberKey } from './member-key.js';
import { createNumberSet, type NumberSet } from './number-set.js';
import { sweep, type Failure, type GroupSearch } from './read-groups.js';
import { rangedValuesOf, readRest } from './value-range.js';

/** A question that is answered by what people's entries say of their groups. */
export type MemberOfQuestion = MembershipQuestion & {
  readonly form: GroupForm & { readonly kind: 'member-of' };
};

/** What people's entries say of the groups of one question. */
interface MemberOfGroups {
  reading(group: string): GroupReading;
  answer(person: GroupPerson): PersonMemberships;
  readonly failure: Failure | undefined;
}

const MEMBER_OF = 'memberOf';
const BATCH = 100;

/** Reads the people who name one of the groups, in one search for a hundred groups. */
export async function readMemberOf(
  question: MemberOfQuestion,
  table: KeyTable,
  search: GroupSearch,
): Promise<MemberOfGroups> {
  const { form, groups, baseDN, scope } = question;
  const { person } = form;
  const asked = new Map(groups.map((group) => [toKey(fillGroupName(form.group, group)), createNumberSet()]));
  let failure: Failure | undefined;
  for (const batch of toBatches([...groups], BATCH)) {
    const readings = createReadings(question, asked, table);
    const names = batch.map((group) => equals(MEMBER_OF, fillGroupName(form.group, group)));
    const query = {
      baseDN,
      scope,
      filter: allOf([...form.fixed, present(person.attribute), anyOf(names)]),
      attributes: [person.attribute, MEMBER_OF],
      sliced: [MEMBER_OF],
      pageSize: search.pageSize,
      sizeLimit: 0,
    };
    failure ??= await sweep(query, search, readings.add);
    failure ??= await readings.finish(search);
  }
  return toGroups(question, { asked, failure }, table);
}

interface Reading {
  readonly found: NumberSet[];
  members: readonly number[];
  next: number | undefined;
}

/** Puts together what the pieces of an entry say. */
function createReadings(
  { form: { person } }: MemberOfQuestion,
  asked: ReadonlyMap<string, NumberSet>,
  table: KeyTable,
): {
  readonly add: (entry: DirectoryEntry) => void;
  readonly finish: (search: GroupSearch) => Promise<Failure | undefined>;
} {
  let current: Reading = { found: [], members: [], next: undefined };
  const open: (Reading & { readonly dn: string })[] = [];
  const find = (values: readonly Buffer[]): readonly NumberSet[] =>
    values.flatMap((value) => asked.get(toKey(value.toString('utf8'))) ?? []);
  const keep = ({ found, members }: Reading): void => {
    for (const set of found) for (const member of members) set.add(member);
  };

  return {
    add(entry) {
      for (const ranged of rangedValuesOf(entry, MEMBER_OF)) {
        current.found.push(...find(ranged.values));
        current.next = ranged.next ?? current.next;
      }
      if (entry.isPiece) return;
      const texts = isOwnDN(person.attribute) ? [entry.dn] : textsOf(entry, person.attribute);
      current.members = texts.map((text) => table.add(toMemberKey(person.by, text)));
      keep(current);
      if (current.next !== undefined) open.push({ ...current, dn: entry.dn });
      current = { found: [], members: [], next: undefined };
    },
    async finish({ directory, signal }) {
      for (const { dn, members, next } of open) {
        const visit = (values: readonly Buffer[]): void => keep({ found: [...find(values)], members, next });
        const rest = { dn, attribute: MEMBER_OF, from: next as number };
        if (!(await readRest(rest, directory, { signal, visit }))) return CUT;
      }
      return undefined;
    },
  };
}

const CUT: Failure = {
  message: 'The groups that an entry names (memberOf) could not all be read.',
  remedy: 'Let the service account read memberOf of everybody.',
};

function toGroups(
  { form }: MemberOfQuestion,
  {
    asked,
    failure,
  }: { readonly asked: ReadonlyMap<string, NumberSet>; readonly failure: Failure | undefined },
  table: KeyTable,
): MemberOfGroups {
  const membersOf = (group: string): NumberSet | undefined =>
    asked.get(toKey(fillGroupName(form.group, group)));
  const reading = (group: string): GroupReading => {
    const dns = [fillGroupName(form.group, group)];
    if (failure) return { state: 'unread', dns };
    return { state: (membersOf(group)?.size ?? 0) > 0 ? 'read' : 'empty', dns };
  };
  return {
    failure,
    reading,
    answer(person) {
      const texts = fillPerson(form.person.template, person);
      const numbers = texts.map((text) => table.find(toMemberKey(form.person.by, text)));
      return (group) => {
        const members = membersOf(group);
        if (numbers.some((number) => number >= 0 && members?.has(number) === true)) return 'member';
        return texts.length > 0 && reading(group).state === 'read' ? 'not-member' : 'unknown';
      };
    },
  };
}

/** Attributes that hold the DN of the entry itself, as the server sends it with the entry anyway. */
function isOwnDN(attribute: string): boolean {
  return ['distinguishedname', 'entrydn'].includes(attribute.toLowerCase());
}

function toKey(dn: string): string {
  return toMemberKey('dn', dn);
}
