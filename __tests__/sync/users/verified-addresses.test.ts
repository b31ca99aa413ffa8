import { many, toPerson, useHistories, type Values } from '../../setup/histories.js';

const { addressesOf, collection, engine, revert, set, sync, user } = useHistories();
const OTHERS = many(3);
const UNVERIFIED = { Accounts_Verify_Email_For_External_Accounts: false };
const FEW = { LDAP_Guard_Always_Allowed: 1, ...UNVERIFIED };
const with2 = (first: string, second: string) => [toPerson('ada', { mail: [first, second] }), ...OTHERS];
const two = (first: string, second: string) =>
  many(4, (index): Values =>
    index < 2 ? { mail: [`${first}${index}@x.org`, `${second}${index}@x.org`] } : {},
  );
const emailsOf = async (username: string) => (await user(username))?.emails;
const flag = (address: string, verified: boolean) => ({ address, verified });

describe('an approval', () => {
  it('is not refused because an address that stays was confirmed meanwhile, and keeps that', async () => {
    await sync(two('p', 'q'), FEW);
    const held = await sync(two('p', 'r'), FEW);
    await set('p0', { 'emails.0.verified': true });
    expect((await engine(two('p', 'r'), FEW).approve(held._id)).counts).toMatchObject({ updated: 2 });
    expect(await emailsOf('p0')).toEqual([flag('p0@x.org', true), flag('r0@x.org', false)]);
  });

  it('keeps it also where the address comes in another case', async () => {
    await sync(two('p', 'q'), FEW);
    const held = await sync(two('P', 'r'), FEW);
    await set('p0', { 'emails.0.verified': true });
    await engine(two('P', 'r'), FEW).approve(held._id);
    expect(await emailsOf('p0')).toEqual([flag('P0@x.org', true), flag('r0@x.org', false)]);
  });

  it('does not confirm again what the host has taken the confirmation off', async () => {
    await sync(two('p', 'q'), FEW);
    await set('p0', { 'emails.0.verified': true });
    const held = await sync(two('p', 'r'), FEW);
    await set('p0', { 'emails.0.verified': false });
    await engine(two('p', 'r'), FEW).approve(held._id);
    expect(await emailsOf('p0')).toEqual([flag('p0@x.org', false), flag('r0@x.org', false)]);
  });

  it('confirms a new address as the settings say by then', async () => {
    const settings = { LDAP_Guard_Always_Allowed: 1 };
    await sync(two('p', 'q'), settings);
    const held = await sync(two('p', 'r'), settings);
    const approval = await engine(two('p', 'r'), FEW).approve(held._id);
    expect(await emailsOf('p0')).toEqual([flag('p0@x.org', true), flag('r0@x.org', false)]);
    expect((await engine([]).changes(approval._id))[0]?.fields[0]?.to).toEqual([
      flag('p0@x.org', true),
      flag('r0@x.org', false),
    ]);
  });
});

describe('a revert', () => {
  it.each([
    ['earned', false, true],
    ['lost', true, false],
  ])('leaves a confirmation alone that was %s since', async (_, before, after) => {
    await sync(with2('a@x.org', 'b@x.org'), UNVERIFIED);
    await set('ada', { 'emails.0.verified': before });
    const run = await sync(with2('a@x.org', 'c@x.org'), UNVERIFIED);
    await set('ada', { 'emails.0.verified': after });
    await revert(run._id);
    expect(await emailsOf('ada')).toEqual([flag('a@x.org', after), flag('b@x.org', false)]);
  });

  it('leaves it alone also where the address comes back in another case', async () => {
    await sync(with2('a@x.org', 'b@x.org'), UNVERIFIED);
    const run = await sync(with2('A@x.org', 'c@x.org'), UNVERIFIED);
    await set('ada', { 'emails.0.verified': true });
    await revert(run._id);
    expect(await emailsOf('ada')).toEqual([flag('a@x.org', true), flag('b@x.org', false)]);
  });

  it('gives back a confirmation that went with the address', async () => {
    await sync(with2('a@x.org', 'b@x.org'), UNVERIFIED);
    await set('ada', { 'emails.1.verified': true });
    const run = await sync(with2('a@x.org', 'c@x.org'), UNVERIFIED);
    await revert(run._id);
    expect(await emailsOf('ada')).toEqual([flag('a@x.org', false), flag('b@x.org', true)]);
  });
});

it('an address in another case keeps its confirmation', async () => {
  await sync([toPerson('ada'), ...OTHERS], UNVERIFIED);
  await set('ada', { 'emails.0.verified': true });
  await sync([toPerson('ada', { mail: 'Ada@x.org' }), ...OTHERS], UNVERIFIED);
  expect(await emailsOf('ada')).toEqual([flag('Ada@x.org', true)]);
});

it('an address that the host gives while a page is on its way is not overwritten: its loss is a removal', async () => {
  await sync(many(9));
  const users = collection('users');
  const original = users.bulkWrite.bind(users);
  users.bulkWrite = async (...args: Parameters<typeof original>) => {
    users.bulkWrite = original;
    await users.updateOne(
      { username: 'p8' },
      { $push: { emails: flag('own@x.org', true) as never }, $set: { _updatedAt: new Date(Date.now() + 1) } },
    );
    return original(...args);
  };
  const changed = many(9, (index): Values =>
    index === 8 ? { mail: ['p8@x.org', 'second@x.org'], cn: 'Other' } : index === 0 ? { cn: 'Other' } : {},
  );
  const run = await sync(changed);
  expect(await user('p8')).toMatchObject({ name: 'Other' });
  expect(await addressesOf('p8')).toBe('p8@x.org second@x.org');
  expect(await engine([]).changes(run._id)).toContainEqual(
    expect.objectContaining({
      kind: 'clear',
      username: 'p8',
      fields: [expect.objectContaining({ from: [flag('p8@x.org', true), flag('own@x.org', true)] })],
    }),
  );
  await revert(run._id);
  expect(await addressesOf('p8')).toBe('p8@x.org own@x.org');
});
