import { createWantedAttributes } from '../../../lib/directory/wire/wanted-attributes.js';

const recognise = (asked: readonly string[], name: string) => {
  const bytes = Buffer.from(name);
  return createWantedAttributes(asked, ['member']).recognise(bytes, 0, bytes.length);
};

describe('a part of the values, asked for by its numbers,', () => {
  it.each(['member;range=1500-2999', 'Member;Range=1500-*'])(
    'comes under the numbers of what is there: %s',
    (name) => {
      expect(recognise(['member;range=1500-*'], name)).toEqual({
        name,
        key: name.toLowerCase(),
        isExact: false,
        isSliced: true,
      });
    },
  );

  it('is asked for as it is written', () => {
    expect(createWantedAttributes(['member;range=1500-*', 'mail;range=0-1']).names).toEqual([
      'member;range=1500-*',
      'mail;range=0-1',
    ]);
  });

  it.each(['userPassword;range=0-*', 'a b;range=0-*', 'member;range=*-1', 'member;range=-*'])(
    'is not asked for where it is none, or of a secret: %s',
    (name) => expect(createWantedAttributes([name]).names).toEqual([]),
  );
});
