import { lookUp } from '../look-up.js';
import type { Change } from '../session/client-port.js';
import type { Column } from './print-list.js';
import { toOutcomeStyle } from './run-words.js';
import { toValueText } from './value-text.js';

/** What a removal takes away, or that something was added. */
const KIND_WORDS: Readonly<Record<string, string>> = {
  write: '',
  'sign-out': 'sign out',
  deactivate: 'switch off',
  rename: 'rename',
  clear: 'clear',
  photo: 'remove photo',
  membership: 'leave room',
  reactivate: 'switch on',
  release: 'free name',
  merge: 'merge',
  relink: 'link anew',
};

export const CHANGE_COLUMNS: readonly Column<Change>[] = [
  { title: 'id', cell: ({ id }) => id ?? '', style: () => 'dim' },
  { title: 'user', cell: ({ username }) => username ?? '' },
  { title: 'name', cell: ({ name, dn }) => name ?? dn ?? '' },
  { title: 'outcome', cell: ({ outcome }) => outcome, style: ({ outcome }) => toOutcomeStyle(outcome) },
  { title: 'state', cell: toState, style: (row) => (toState(row) === 'waiting' ? 'yellow' : 'dim') },
  { title: 'what', cell: toWhat },
];

export const CHANGE_CSV: readonly Column<Change>[] = [
  ...CHANGE_COLUMNS.slice(0, 2),
  { title: 'name', cell: ({ name }) => name ?? '' },
  { title: 'kind', cell: ({ kind }) => kind },
  { title: 'outcome', cell: ({ outcome }) => outcome },
  { title: 'state', cell: ({ state }) => state },
  { title: 'decided', cell: ({ decided }) => decided?.verdict ?? '' },
  { title: 'fields', cell: toFields },
  { title: 'reason', cell: ({ reason }) => reason ?? '' },
  { title: 'userId', cell: ({ userId }) => userId ?? '' },
  { title: 'dn', cell: ({ dn }) => dn ?? '' },
];

function toState({ state, decided }: Change): string {
  return decided ? decided.verdict : state;
}

function toWhat(row: Change): string {
  return [lookUp(KIND_WORDS, row.kind) ?? row.kind, toFields(row), row.reason].filter(Boolean).join('; ');
}

/** `name: Ada → Ada Lovelace, mail: ada@x.example` */
export function toFields({ fields }: Pick<Change, 'fields'>): string {
  return fields
    .map(({ field, from, to }) =>
      from === undefined
        ? `${field}: ${toValueText(to)}`
        : `${field}: ${toValueText(from)} → ${toValueText(to)}`,
    )
    .join(', ');
}
