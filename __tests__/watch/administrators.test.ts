import { createReadAdministrators } from '../../lib/watch/administrators.js';
import { openTestDatabase, type TestDatabase } from '../setup/mongo.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

let stored = 0;
const store = (fields: object) => {
  stored += 1;
  const email = { address: `user${stored}@host.example`, verified: true };
  return database.connection.collection('users').insertOne({
    _id: `user${String(stored).padStart(4, '0')}` as never,
    active: true,
    roles: ['admin'],
    emails: [email],
    ...fields,
  });
};
const read = () => createReadAdministrators(database)();

describe('those who are mailed', () => {
  it('are the active users with the role admin, at their verified addresses', async () => {
    await store({
      roles: ['user', 'admin'],
      emails: [
        { address: 'a@host.example', verified: true },
        { address: 'b@host.example', verified: false },
      ],
    });
    await store({ active: false });
    await store({ roles: ['user', 'admin-of-nothing'] });
    await store({ roles: undefined });
    await store({ roles: 'admin' });
    expect(await read()).toEqual(['a@host.example']);
  });

  it('are mailed once each', async () => {
    await store({
      emails: [
        { address: 'a@host.example', verified: true },
        { address: 'A@Host.example', verified: true },
      ],
    });
    await store({ emails: [{ address: 'a@host.example', verified: true }] });
    expect(await read()).toHaveLength(1);
  });

  it('are at most 50, none of whom has no verified address', async () => {
    for (let index = 0; index < 3; index += 1)
      await store({ emails: [{ address: 'x@host.example', verified: false }] });
    for (let index = 0; index < 60; index += 1) await store({});
    expect(await read()).toHaveLength(50);
  });

  it('are at most 50 addresses, however many one of them has', async () => {
    await store({
      emails: Array.from({ length: 80 }, (_, index) => ({
        address: `many${index}@host.example`,
        verified: true,
      })),
    });
    expect(await read()).toHaveLength(50);
  });

  it.each([
    'a@host.example\r\nBcc: eve@evil.example',
    'a@host.example, eve@evil.example',
    'Ada <a@host.example>',
    'nobody',
    { $gt: '' },
    null,
    7,
  ])('are not found at %j', async (address) => {
    await store({
      emails: [{ address, verified: true }, null, { address: 'good@host.example', verified: true }],
    });
    expect(await read()).toEqual(['good@host.example']);
  });

  it('are not found at an address that is called verified by anything but true', async () => {
    await store({
      emails: [
        { address: 'a@host.example', verified: 'no' },
        { address: 'b@host.example', verified: true },
      ],
    });
    expect(await read()).toEqual(['b@host.example']);
  });

  it('are nobody when the emails of all are something else', async () => {
    await store({ emails: 'a@host.example' });
    expect(await read()).toEqual([]);
  });
});
