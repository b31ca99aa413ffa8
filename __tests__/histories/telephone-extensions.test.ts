import { many, toPerson, useHistories } from '../setup/histories.js';

const { collection, database, engine, revert, set, sync, user } = useHistories();
const EXTENSIONS = ['sipExtension', 'freeSwitchExtension'] as const;
const OTHERS = many(3);

/** As a version of Rocket.Chat says at its start. */
const migrate = (version: unknown) =>
  collection('migrations').insertOne({ _id: 'control' as never, version, locked: false });
const withPhone = (telephoneNumber: string) => [toPerson('ada', { telephoneNumber }), ...OTHERS];
const extensions = async (username = 'ada') => {
  const stored = await user(username);
  return Object.fromEntries(EXTENSIONS.flatMap((field) => (stored?.[field] ? [[field, stored[field]]] : [])));
};

describe('a telephone extension is stored where the chat server of the database looks for it', () => {
  it.each([
    ['no Rocket.Chat', undefined, 'sipExtension'],
    ['Rocket.Chat before its migration 350', 349, 'freeSwitchExtension'],
    ['Rocket.Chat since its migration 350', 350, 'sipExtension'],
    ['a control document of an odd type', '349', 'sipExtension'],
  ])('%s', async (_, version, field) => {
    if (version !== undefined) await migrate(version);
    await sync(OTHERS);
    await sync(withPhone('42'));
    expect(await extensions()).toEqual({ [field]: '42' });
    expect(await sync(withPhone('42'))).toMatchObject({ counts: { unchanged: 4, updated: 0 } });
    await sync(withPhone('43'));
    expect(await extensions()).toEqual({ [field]: '43' });
    await sync([toPerson('ada', { telephoneNumber: [] }), ...OTHERS]);
    expect(await extensions()).toEqual({});
  });

  it('where users have it already, if nothing else tells', async () => {
    await sync(OTHERS);
    await set('p0', { freeSwitchExtension: '7' });
    await sync(withPhone('42'));
    expect(await extensions()).toEqual({ freeSwitchExtension: '42' });
  });

  it('also when an older version of this package has written the other field', async () => {
    await sync(withPhone('42'));
    expect(await extensions()).toEqual({ sipExtension: '42' });
    await migrate(300);
    expect(await sync(withPhone('42'))).toMatchObject({ counts: { updated: 1 } });
    expect(await extensions()).toEqual({ sipExtension: '42', freeSwitchExtension: '42' });
  });
});

it('an extension that a run took away comes back where the chat server looks for it by then', async () => {
  await migrate(349);
  await sync(withPhone('42'));
  const { _id } = await sync([toPerson('ada', { telephoneNumber: [] }), ...OTHERS]);
  expect(await extensions()).toEqual({});
  await collection('migrations').updateOne({}, { $set: { version: 350 } });
  await revert(_id);
  expect(await extensions()).toEqual({ sipExtension: '42' });
});

it('the history calls the field the same in both', async () => {
  await migrate(349);
  await sync([toPerson('ada'), ...OTHERS]);
  const { _id } = await sync(withPhone('42'));
  expect(await engine([]).changes(_id)).toMatchObject([{ fields: [{ field: 'sipExtension', to: '42' }] }]);
});

it.each(EXTENSIONS)(
  'two people with one extension are a conflict that says so, by the index on %s',
  async (field) => {
    await migrate(field === 'sipExtension' ? 350 : 349);
    await sync([toPerson('ada'), ...OTHERS]);
    await database()
      .connection.collection('users')
      .createIndex({ [field]: 1 }, { unique: true, sparse: true });
    await set('p0', { [field]: '42' });
    const people = [
      ...withPhone('42').slice(0, 1),
      toPerson('p0', { telephoneNumber: '42' }),
      ...OTHERS.slice(1),
    ];
    const { counts, attention } = await sync(people);
    expect(counts).toMatchObject({ conflicted: 1, unchanged: 3 });
    expect(attention).toMatchObject([{ username: 'ada', code: 'extension-taken', outcome: 'conflicted' }]);
    expect(attention[0]?.remedy).toContain('LDAP_Extension_Field');
    expect(await extensions()).toEqual({});
  },
);
