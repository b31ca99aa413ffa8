import { answerWith, json, type AnsweringServer } from '../client/answering-server.js';
import { command, type Result } from '../setup/command-line.js';

const RUN = 'aaaaaaaaaaaaaaaaa';
let server: AnsweringServer | undefined;
afterEach(() => server?.close());

/** A command against a server that answers so. */
async function against(answer: object, argv: readonly string[], status = 200): Promise<Result> {
  server = await answerWith(json(status, answer));
  return command(argv, {
    environment: {
      CHAT_LDAP_SYNC_URL: server.url,
      CHAT_LDAP_SYNC_USER_ID: 'me',
      CHAT_LDAP_SYNC_AUTH_TOKEN: 'token',
    },
  });
}

const ROW = { kind: 'write', outcome: 'created', state: 'done', fields: [] };

describe('a command against a server that is none of this API', () => {
  it.each([
    ['held'],
    ['status'],
    ['runs'],
    ['run', RUN],
    ['changes', RUN],
    ['approve', RUN, '--yes', '--count', '0'],
  ])('ends %s with 1 when a 200 says nothing but success', async (...argv) => {
    const { code, out, err } = await against({ success: true }, argv);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^error: The answer is none of this API/);
  });

  it('ends when pages do not go on', async () => {
    const page = { success: true, changes: [ROW], count: 1, offset: 0, nextOffset: 0, total: 9 };
    const { code, err } = await against(page, ['changes', RUN]);
    expect([code, err]).toEqual([1, expect.stringContaining('pages do not go on')]);
  });

  it('takes rows of kinds and with names that it does not know, and of every object', async () => {
    const rows = ['constructor', '__proto__', 'newer'].map((kind) => ({
      ...ROW,
      kind,
      outcome: kind,
      more: 1,
    }));
    const page = { success: true, changes: rows, count: 3, offset: 0, total: 3 };
    const { code, out } = await against(page, ['changes', RUN]);
    expect([code, out.match(/constructor|__proto__|newer/g)?.length]).toEqual([0, 6]);
    expect(out).not.toContain('native code');
  });

  it.each(['constructor', 'toString', '__proto__'])(
    'fails with 1 for a refusal of the type %s',
    async (errorType) => {
      const { code, err } = await against({ success: false, error: 'No', errorType }, ['status'], 400);
      expect([code, err]).toEqual([1, 'error: No\n']);
    },
  );

  it('prints a failure with --json as a document on stdout, and tells it on stderr', async () => {
    const refusal = { success: false, error: 'No', errorType: 'newer', details: { remedy: 'Do this' } };
    const { code, out, err } = await against(refusal, ['status', '--json'], 400);
    expect([code, JSON.parse(out)]).toEqual([1, { error: 'No', errorType: 'newer', remedy: 'Do this' }]);
    expect(err).toContain('error: No');
  });

  it('says with --json where a list goes on', async () => {
    const page = { success: true, changes: [ROW, ROW], count: 2, offset: 0, nextOffset: 2, total: 9 };
    const { out } = await against(page, ['changes', RUN, '--limit', '2', '--json']);
    expect(JSON.parse(out)).toMatchObject({ count: 2, total: 9, nextOffset: 2 });
  });
});
