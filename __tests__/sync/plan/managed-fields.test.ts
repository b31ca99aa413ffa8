import { diffUser } from '../../../lib/sync/plan/diff.js';
import { mergeField } from '../../../lib/sync/plan/field-merge.js';
import { putAt, valueAt } from '../../../lib/sync/plan/field-path.js';
import type { FieldMapping, FieldRules } from '../../../lib/sync/plan/field-rules.js';
import { LOSABLE_FIELDS } from '../../../lib/sync/plan/fields-of-run.js';
import { MANAGED_FIELD_NAMES, MANAGED_FIELDS } from '../../../lib/sync/plan/managed-fields.js';
import { toNewUser } from '../../../lib/sync/plan/new-user.js';
import { toPartAttributes, toRequestedAttributes } from '../../../lib/mapping/person-attributes.js';
import type { Person } from '../../../lib/mapping/map-entry.js';
import { TEXT_FIELD_NAMES, TEXT_FIELDS } from '../../../lib/settings/text-fields.js';
import { ADA } from '../../setup/entries.js';
import { toSyncSettings } from '../../setup/sync-settings.js';

/** Every field that can be is mapped from an attribute. */
const SETTINGS = toSyncSettings({
  ...Object.fromEntries(Object.entries(TEXT_FIELDS).map(([field, { setting }]) => [setting, `x-${field}`])),
  LDAP_FederationHomeServer_Field: 'homeServer',
});
const OPTIONS = { ...SETTINGS.newUser, activeState: 'both' } as const;
/** A person who has a value for every field. */
const WHOLE: Person = { ...ADA, ...Object.fromEntries(TEXT_FIELD_NAMES.map((field) => [field, 'text'])) };
const create = (person: Person) =>
  toNewUser({ person, username: 'ada' }, OPTIONS, { id: 'u1', now: new Date(0) });

describe('the table of managed fields', () => {
  it('gives a new user every field, so that the next run has nothing to change', () => {
    const user = create(WHOLE);
    for (const field of MANAGED_FIELD_NAMES.filter((name) => name !== 'federated'))
      expect([field, valueAt(user, field)]).not.toContain(undefined);
    const { set, clear } = diffUser(WHOLE, user, OPTIONS);
    expect([...set, ...clear]).toEqual([]);
  });

  it('says of a user of another server that it is one, and of no other', () => {
    const person = { ...WHOLE, homeServer: 'other.example', username: '@ada:other.example', emails: [] };
    const user = toNewUser({ person, username: person.username }, OPTIONS, { id: 'u1', now: new Date(0) });
    expect([user.federated, create(WHOLE).federated]).toEqual([true, undefined]);
    const { set, clear, rename } = diffUser(person, user, OPTIONS);
    expect([[...set, ...clear], rename]).toEqual([[], undefined]);
  });

  it('reads each field where the user has it', () => {
    const user = create(WHOLE);
    for (const field of MANAGED_FIELD_NAMES)
      expect([field, MANAGED_FIELDS[field].stored(user)]).toEqual([field, valueAt(user, field)]);
  });

  it.each(MANAGED_FIELD_NAMES.filter((field) => MANAGED_FIELDS[field].mapped))(
    'asks the directory for what %s is mapped from',
    (field) => {
      const { part } = MANAGED_FIELDS[field].mapped as FieldMapping;
      const attributes = toPartAttributes(part, SETTINGS.mapping);
      expect(attributes.length).toBeGreaterThan(0);
      expect(toRequestedAttributes(SETTINGS.mapping)).toEqual(expect.arrayContaining([...attributes]));
    },
  );

  it.each(TEXT_FIELD_NAMES)('lets the loss of %s wait, and knows who has one', (field) => {
    const user = create(WHOLE);
    const { set, clear } = diffUser({ ...WHOLE, [field]: '' }, user, OPTIONS);
    expect([[...set], [...clear.values()]]).toEqual([[], [undefined]]);
    const row = LOSABLE_FIELDS.find((losable) => clear.has(losable.field));
    expect(
      [WHOLE, { ...WHOLE, [field]: '' }, { ...WHOLE, [field]: undefined }].map(row!.loss.isFilled),
    ).toEqual([true, false, false]);
  });
});

describe('a list of which the directory governs some values', () => {
  const governing = (prefix: string): Pick<FieldRules, 'merge'> => ({
    merge: { kind: 'add', governs: (value) => String(value).startsWith(prefix) },
  });

  it.each<[string, unknown, unknown, object]>([
    ['it says nothing', undefined, ['own', 'd1'], {}],
    ['all is there', ['d1'], ['d1', 'own'], {}],
    ['a value is gained', ['d1', 'd2'], ['own', 'd1'], { set: ['own', 'd1', 'd2'] }],
    ['a value is lost, which waits', ['d1'], ['own', 'd1', 'd2'], { clear: { to: ['own', 'd1'] } }],
    ['all is lost', null, ['own', 'd1'], { clear: { to: ['own'] } }],
    [
      'one is gained and one is lost',
      ['d2'],
      ['own', 'd1'],
      { set: ['own', 'd1', 'd2'], clear: { to: ['own', 'd2'] } },
    ],
    ['nothing is stored', ['d1'], undefined, { set: ['d1'] }],
  ])('gains and loses value by value, and keeps its own: %s', (_, wanted, stored, difference) => {
    expect(mergeField(governing('d'), { wanted, stored }, {})).toEqual(difference);
  });

  it('loses nothing where the directory governs nothing', () => {
    const none = governing('nothing');
    expect(mergeField(none, { wanted: ['d2'], stored: ['d1'] }, {})).toEqual({ set: ['d1', 'd2'] });
    expect(mergeField(none, { wanted: [], stored: ['d1'] }, {})).toEqual({});
  });
});

it('a field that is replaced and never lost stays when the directory has nothing', () => {
  expect(mergeField(MANAGED_FIELDS.name, { wanted: null, stored: 'Ada' }, {})).toEqual({});
});

describe('a path in a document', () => {
  it('gives what is there, and nothing where something else is on the way', () => {
    expect(valueAt({ a: { b: 1 } }, 'a.b')).toBe(1);
    expect([
      valueAt({ a: null }, 'a.b'),
      valueAt({ a: 'text' }, 'a.length'),
      valueAt({}, 'constructor'),
    ]).toEqual([undefined, undefined, undefined]);
  });

  it('is filled without harm to what is beside it', () => {
    const document: Record<string, unknown> = { a: { b: 1 } };
    putAt(document, 'a.c', 2);
    putAt(document, 'd', 3);
    expect(document).toEqual({ a: { b: 1, c: 2 }, d: 3 });
  });
});
