import { openTestDatabase, type TestDatabase } from '../../setup/mongo.js';
import { openSmtpSink, type SmtpSink } from '../../setup/smtp-sink.js';
import {
  createSecondFactorHost,
  mailedCode,
  storePerson,
  verified,
  withEmail,
  type SecondFactorHost,
} from './second-factor-host.js';

let database: TestDatabase;
let sink: SmtpSink;
let host: SecondFactorHost;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  sink = await openSmtpSink();
  host = createSecondFactorHost(database.connection, sink);
});
afterEach(() => sink.close());
afterAll(() => database.close());

const storeEmailUser = () =>
  storePerson(database.connection, { emails: [verified('ada@host.example')], services: withEmail });

async function readStored(userId: string): Promise<unknown> {
  return (await database.connection.collection('users').findOne({ _id: userId as never }))?.services
    .emailCode;
}

describe('when the mail cannot be sent', () => {
  const MAIL_FAILED = {
    name: 'LdapSyncError',
    code: 'mail-failed',
    remedy: expect.stringContaining('MAIL_URL'),
  };

  test('the call fails, says what to do, and leaves no code behind', async () => {
    sink.refusals = { 'RCPT TO': '550 nobody here' };
    const userId = await storeEmailUser();
    await expect(host.verify(userId)).rejects.toMatchObject(MAIL_FAILED);
    await expect(readStored(userId)).resolves.toBeUndefined();
    sink.refusals = {};
    await expect(host.verify(userId)).resolves.toMatchObject({ details: { codeGenerated: true } });
    await expect(host.verify(userId, { code: mailedCode(sink) })).resolves.toEqual({ outcome: 'passed' });
  });

  test('a code that was supplied costs no attempt', async () => {
    sink.refusals = { 'MAIL FROM': '451 later' };
    const userId = await storeEmailUser();
    for (let time = 0; time < 12; time += 1)
      await expect(host.verify(userId, { code: '123456' })).rejects.toMatchObject(MAIL_FAILED);
    sink.refusals = {};
    await expect(host.verify(userId)).resolves.toMatchObject({ outcome: 'required' });
  });
});
