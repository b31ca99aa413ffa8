import { createWantedNames } from '../../../lib/directory/wire/wanted-attributes.js';

describe('a search for the names of attributes', () => {
  const recognise = (wanted: ReturnType<typeof createWantedNames>, name: string) =>
    wanted.recognise(Buffer.from(name), 0, Buffer.byteLength(name));

  it('asks for all of them, and by name for those that a server shows only so', () => {
    expect(createWantedNames(['nsUniqueId', 'userPassword']).names).toEqual(['*', '+', 'nsUniqueId']);
  });

  it('tells of every name in its spelling, and never of a value', () => {
    expect(recognise(createWantedNames([]), 'givenName')).toMatchObject({
      name: 'givenName',
      key: 'givenname',
      isNameOnly: true,
    });
  });

  it.each(['userPassword', 'unicodePwd', 'a b', '', 'x\n'])('tells nothing of %j', (name) => {
    expect(recognise(createWantedNames([]), name)).toBeUndefined();
  });

  it('keeps a thousand names, however many a server makes up', () => {
    const wanted = createWantedNames([]);
    const told = Array.from({ length: 3_000 }, (_, index) => recognise(wanted, `a${index}`));
    expect(told.filter((name) => name !== undefined)).toHaveLength(1_000);
    expect(recognise(wanted, 'a1')).toBeDefined();
  });
});
