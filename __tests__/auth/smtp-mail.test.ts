import { createServer, type AddressInfo, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { LdapSyncError } from '../../lib/errors.js';
import { createSmtpMail } from '../../lib/auth/smtp-mail.js';
import { parseSettings } from '../../lib/settings/settings.js';
import { openSmtpSink, type SmtpSink } from '../setup/smtp-sink.js';

const MESSAGE = {
  to: 'ada@host.example',
  subject: 'Authentication code',
  text: 'Your authentication code is: 123-456',
};
const SECRET = 'hunter2-the-secret';

let sink: SmtpSink;

beforeEach(async () => {
  sink = await openSmtpSink();
});
afterEach(() => sink.close());

const bySettings = (settings: Readonly<Record<string, unknown>>, mailUrl?: string) =>
  createSmtpMail({
    mailUrl,
    readSettings: () => Promise.resolve(parseSettings(new Map(Object.entries(settings)))),
  });
const byUrl = (mailUrl: string, settings: Readonly<Record<string, unknown>> = {}) =>
  bySettings(settings, mailUrl);
const sinkSettings = () => ({ SMTP_Host: '127.0.0.1', SMTP_Port: String(sink.port) });

async function toFailure(sent: Promise<void>): Promise<LdapSyncError> {
  const error: unknown = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LdapSyncError);
  expect(error).toMatchObject({ code: 'mail-failed', remedy: expect.stringMatching(/MAIL_URL.*SMTP_Host/) });
  return error as LdapSyncError;
}

describe('a mail', () => {
  test('goes out by the settings, from From_Email', async () => {
    await bySettings({ ...sinkSettings(), From_Email: 'Chat <chat@host.example>' })(MESSAGE);
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0]).toMatchObject({
      from: expect.stringContaining('<chat@host.example>'),
      to: ['ada@host.example'],
    });
    expect(sink.mails[0]!.source).toMatch(/^From: Chat <chat@host\.example>\r$/m);
    expect(sink.mails[0]!.source).toMatch(/^To: ada@host\.example\r$/m);
    expect(sink.mails[0]!.source).toContain('Your authentication code is: 123-456');
  });

  test('goes out by MAIL_URL although the settings name another server', async () => {
    await byUrl(`smtp://127.0.0.1:${sink.port}`, { SMTP_Host: '127.0.0.1', SMTP_Port: '1' })(MESSAGE);
    expect(sink.mails[0]).toMatchObject({ from: expect.stringContaining('<no-reply@localhost>') });
  });

  test('signs in with what the settings say', async () => {
    await bySettings({ ...sinkSettings(), SMTP_Username: 'chat', SMTP_Password: SECRET })(MESSAGE);
    expect(sink.lines).toContain(`AUTH PLAIN ${Buffer.from(`\0chat\0${SECRET}`).toString('base64')}`);
  });

  test('signs in with what MAIL_URL says, percent-decoded', async () => {
    await byUrl(`smtp://chat%40host:p%2Fw@127.0.0.1:${sink.port}`)(MESSAGE);
    expect(sink.lines).toContain(`AUTH PLAIN ${Buffer.from('\0chat@host\0p/w').toString('base64')}`);
  });

  test('counts a changed setting from the next one on', async () => {
    const settings: Record<string, unknown> = { SMTP_Host: '' };
    const send = createSmtpMail({
      mailUrl: undefined,
      readSettings: () => Promise.resolve(parseSettings(new Map(Object.entries(settings)))),
    });
    await toFailure(send(MESSAGE));
    Object.assign(settings, sinkSettings());
    await expect(send(MESSAGE)).resolves.toBeUndefined();
  });
});

describe('without a usable mail server', () => {
  test('the failure names MAIL_URL and SMTP_Host', async () => {
    const { message } = await toFailure(bySettings({})(MESSAGE));
    expect(message).toMatch(/MAIL_URL.*SMTP_Host/);
  });

  test.each([
    'not a url',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'direct://127.0.0.1',
    'javascript:1',
    `smtp://chat:${SECRET}@:25:25`,
  ])('a MAIL_URL that is %p is refused', async (mailUrl) => {
    const failure = await toFailure(byUrl(mailUrl)(MESSAGE));
    expect(failure.message).toMatch('MAIL_URL is not a URL of the form');
    expect(inspect(failure, { depth: 9 })).not.toContain(SECRET);
  });
});

test('a mail server that never comes to the end of its answer is given up', async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write('220 sink\r\n');
    // Each line is a sign of life, which keeps the time-outs of the connection from firing.
    const drip = setInterval(() => socket.write('250-more\r\n'), 20);
    socket.on('close', () => clearInterval(drip));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const readSettings = () => Promise.resolve(parseSettings(new Map()));
    const { message } = await toFailure(
      createSmtpMail({ mailUrl: `smtp://127.0.0.1:${port}`, readSettings, deadlineMs: 200 })(MESSAGE),
    );
    expect(message).toMatch(/too long/);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

describe('the password', () => {
  const shapes = (text: string) => [
    text,
    encodeURIComponent(text),
    Buffer.from(text).toString('base64'),
    Buffer.from(`\0chat\0${text}`).toString('base64'),
  ];

  test.each([
    ['refuses the sign-in, repeating it', () => ({ AUTH: `535 wrong: ${SECRET} ${shapes(SECRET)[3]}` })],
    ['refuses the recipient', () => ({ 'RCPT TO': `550 not for ${SECRET}` })],
    ['talks nonsense', () => ({ EHLO: 'hello', HELO: SECRET })],
  ])('is not in the error when the server %s', async (_what, refusals) => {
    sink.refusals = refusals();
    for (const send of [
      byUrl(`smtp://chat:${SECRET}@127.0.0.1:${sink.port}`),
      bySettings({ ...sinkSettings(), SMTP_Username: 'chat', SMTP_Password: SECRET }),
    ]) {
      const failure = await toFailure(send(MESSAGE));
      const shown =
        inspect(failure, { depth: 9, showHidden: true }) + JSON.stringify(failure) + String(failure.stack);
      for (const shape of shapes(SECRET)) expect(shown).not.toContain(shape);
      expect(failure.cause).toBeUndefined();
    }
  });

  test('is not in the error when nobody listens', async () => {
    const { port } = sink;
    await sink.close();
    const failure = await toFailure(byUrl(`smtp://chat:${SECRET}@127.0.0.1:${port}`)(MESSAGE));
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(SECRET);
  });
});

describe('header injection', () => {
  const BREAKS = ['\r\n', '\n', '\r'];

  test.each(BREAKS)(
    'by a line break (%j) is refused, in the address, the subject and From_Email',
    async (lineBreak) => {
      const injected = `x${lineBreak}Bcc: eve@evil.example`;
      const send = bySettings(sinkSettings());
      await toFailure(send({ ...MESSAGE, to: `ada@host.example${lineBreak}Bcc: eve@evil.example` }));
      await toFailure(send({ ...MESSAGE, subject: injected }));
      await toFailure(
        bySettings({ ...sinkSettings(), From_Email: `chat@host.example${lineBreak}Bcc: eve@evil.example` })(
          MESSAGE,
        ),
      );
      expect(sink.mails).toEqual([]);
      expect(sink.lines.join('\n')).not.toContain('eve');
    },
  );

  test.each([
    'ada@host.example, eve@evil.example',
    'ada@host.example; eve@evil.example',
    'ada@host.example> RCPT TO:<eve@evil.example',
    'Ada <eve@evil.example>',
    '"ada@host.example" <eve@evil.example>',
    'group: eve@evil.example;',
    'ada@host.example (eve@evil.example)',
  ])('by an address that is more than one (%j) reaches nobody else', async (to) => {
    await bySettings(sinkSettings())({ ...MESSAGE, to }).catch(() => undefined);
    const recipients = sink.mails.flatMap((mail) => mail.to);
    expect(recipients).not.toContain('eve@evil.example');
    expect(recipients.length).toBeLessThanOrEqual(1);
  });

  test('by a file or a URL in the text is text', async () => {
    await bySettings(sinkSettings())({ ...MESSAGE, text: 'file:///etc/passwd' });
    expect(sink.mails[0]!.source).toContain('file:///etc/passwd');
  });
});
