import { many, useHistories, type Values } from '../setup/histories.js';

const { collection, people, sync } = useHistories();

it(
  'a database that answers another question than it was asked ends the run, and nobody is taken for ' +
    'somebody else',
  async () => {
    await sync(many(9));
    const before = await people();
    const users = collection('users');
    const original = users.find.bind(users);
    let first: unknown;
    users.find = ((filter: Record<string, unknown>, options: object) => {
      const asked = filter['services.ldap.id'] as { readonly $in?: unknown } | undefined;
      if (asked?.$in === undefined) return original(filter, options);
      // The first page's answer is given to whoever asks next, too.
      first ??= filter;
      return original(first as typeof filter, options);
    }) as typeof original;
    const run = await sync(many(9, (index): Values => (index === 8 ? { uid: 'other' } : {})));
    expect(run).toMatchObject({
      state: 'failed',
      counts: { created: 0, conflicted: 0 },
      problems: [{ message: expect.stringContaining('another question') }],
    });
    users.find = original;
    expect(await people()).toEqual(before);
  },
);
