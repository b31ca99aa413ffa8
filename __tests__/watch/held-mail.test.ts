import type { SendMail } from '../../lib/auth/mail-sender.js';
import { createSmtpMail } from '../../lib/auth/smtp-mail.js';
import { silentLogger, type Logger } from '../../lib/logger.js';
import { parseSettings } from '../../lib/settings/settings.js';
import { createRunEvents } from '../../lib/sync/run/run-events.js';
import { createHeldMail } from '../../lib/watch/held-mail.js';
import type { RunReport } from '../../models/run-report.js';
import { openSmtpSink, type SmtpSink, type SunkMail } from '../setup/smtp-sink.js';
import { failedBecause, makeCounts, makeHeld, makeReport } from './reports.js';

const HOUR_MS = 3_600_000;
const ADDRESSES = ['ada@host.example', 'bob@host.example'];
const heldBecause = (held: Parameters<typeof makeHeld>[0] = {}, fields: Partial<RunReport> = {}) =>
  makeReport({ state: 'held', held: makeHeld(held), ...fields });

let sink: SmtpSink;
beforeEach(async () => {
  sink = await openSmtpSink();
});
afterEach(() => sink.close());

interface HostOptions {
  readonly recipients?: () => Promise<readonly string[]>;
  readonly sendMail?: SendMail;
}

function createHost({ recipients = () => Promise.resolve(ADDRESSES), sendMail }: HostOptions = {}) {
  const settings: Record<string, unknown> = {
    LDAP_Sync_Mail_Administrators: true,
    Site_Name: 'Our Chat',
    Site_Url: 'https://chat.example/sub/',
    From_Email: 'chat@host.example',
  };
  const readSettings = () => Promise.resolve(parseSettings(new Map(Object.entries(settings))));
  const lines: unknown[][] = [];
  const logger: Logger = {
    ...silentLogger,
    warn: (...line) => void lines.push(line),
    error: (...line) => void lines.push(line),
  };
  const events = createRunEvents(logger);
  const host = { settings, lines, now: 0, list: 'the same', end };
  const mail = createHeldMail({
    events,
    sendMail: sendMail ?? createSmtpMail({ mailUrl: `smtp://127.0.0.1:${sink.port}`, readSettings }),
    readRecipients: recipients,
    readHeldList: () => (host.list === '' ? Promise.reject(new Error('away')) : Promise.resolve(host.list)),
    readSettings,
    clock: () => new Date(host.now),
    logger,
  });

  /** What the engine tells when a run ends; gives the mails that this brought. */
  async function end(report: RunReport): Promise<readonly SunkMail[]> {
    const before = sink.mails.length;
    if (report.state === 'held') events.emit('run:held', report);
    events.emit('run:finished', report);
    await mail.settled();
    return sink.mails.slice(before);
  }
  return host;
}

/** The text of a mail without its encoding. */
function toText({ source }: SunkMail): string {
  const body = source.slice(source.indexOf('\r\n\r\n')).replace(/=\r\n/g, '');
  return /Content-Transfer-Encoding: quoted-printable/i.test(source)
    ? Buffer.from(
        body.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString()
    : body;
}

function subjectOf({ source }: SunkMail): string {
  return /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(source)![1]!.replace(/\r\n/g, '');
}

describe('the administrators', () => {
  it('are mailed each when a run was held: site, what happened, why, what to do, and how to approve', async () => {
    const report = heldBecause({}, { counts: makeCounts({ read: 78, unchanged: 78 }) });
    const mails = await createHost().end(report);
    expect(mails.map(({ to }) => to[0]).sort()).toEqual(ADDRESSES);
    expect(subjectOf(mails[0]!)).toBe(
      '[Our Chat] LDAP sync held removals (12 deactivations, 3 renames, 1 lost addresses or other values, ' +
        '1 lost photos, 2 reactivations)',
    );
    const text = toText(mails[0]!);
    for (const part of [
      report.held!.reason,
      report.held!.remedy,
      'read 78',
      report._id,
      'Our Chat (https://chat.example/sub)',
      `GET https://chat.example/sub/api/v1/ldap.runChanges?runId=${report._id}`,
      `POST https://chat.example/sub/api/v1/ldap.approveRun {"runId": "${report._id}"}`,
    ]) {
      expect(text).toContain(part);
    }
  });

  it('are not told to approve what cannot be approved', async () => {
    const [mail] = await createHost().end(heldBecause({ approvable: false }));
    expect(toText(mail!)).toContain('cannot be approved');
    expect(toText(mail!)).not.toContain('ldap.approveRun');
  });

  it.each([
    ['empty', ''],
    ['no address', 'chat.example'],
    ['a script', 'javascript:alert(1)'],
    ['with a password', 'https://user:secret@chat.example'],
    ['with a user', 'https://user@chat.example'],
    ['too long', `https://chat.example/${'x'.repeat(500)}`],
  ])('get no link where Site_Url is %s', async (_, url) => {
    const host = createHost();
    host.settings.Site_Url = url;
    const [held] = await host.end(heldBecause());
    const [failed] = await host.end(failedBecause('Away.'));
    expect(toText(held!)).toContain('POST ldap.approveRun {');
    expect(toText(failed!)).toContain('GET ldap.runInfo?runId=');
    for (const mail of [held!, failed!]) expect(toText(mail)).not.toMatch(/chat\.example|secret|javascript/);
  });

  it('are mailed when a run failed: why, and what to do', async () => {
    const report = failedBecause('The directory is unreachable.', 'LDAP_Port is 0.');
    const [mail] = await createHost().end(report);
    expect(subjectOf(mail!)).toBe('[Our Chat] LDAP sync failed: The directory is unreachable.');
    for (const part of ['The directory is unreachable.', 'LDAP_Port is 0.', 'Mend it.', report._id])
      expect(toText(mail!)).toContain(part);
  });

  it.each(['completed', 'interrupted', 'cancelled'] as const)(
    'are not mailed about a run that is %s',
    async (state) => {
      expect(await createHost().end(makeReport({ state }))).toEqual([]);
    },
  );

  it.each(['held', 'failed'] as const)(
    'are not mailed about the sync of one person that was %s',
    async (state) => {
      const host = createHost();
      expect(await host.end(heldBecause({}, { kind: 'person-sync', state }))).toEqual([]);
    },
  );

  it('are not mailed about a preview', async () => {
    const host = createHost();
    expect(await host.end(heldBecause({}, { kind: 'preview' }))).toEqual([]);
    expect(await host.end({ ...failedBecause('Away.'), kind: 'preview' })).toEqual([]);
  });

  it(
    'are not mailed unless LDAP_Sync_Mail_Administrators is on, which is off by itself; a change counts ' +
      'at once',
    async () => {
      const host = createHost();
      const report = heldBecause();
      host.settings.LDAP_Sync_Mail_Administrators = undefined;
      expect(await host.end(report)).toEqual([]);
      host.settings.LDAP_Sync_Mail_Administrators = true;
      expect(await host.end(report)).toHaveLength(2);
    },
  );
});

describe('repetition', () => {
  it('of the same failure is mailed once in 6 hours, whatever its numbers', async () => {
    const host = createHost();
    expect(await host.end(failedBecause('Lost after 100 entries.'))).toHaveLength(2);
    host.now += 6 * HOUR_MS - 1;
    expect(await host.end(failedBecause('Lost after 101 entries.'))).toEqual([]);
    expect(await host.end(failedBecause('Away.'))).toHaveLength(2);
    host.now += 1;
    expect(await host.end(failedBecause('Lost after 100 entries.'))).toHaveLength(2);
  });

  it('of the same held list is not mailed, also not after days or a failure; another list is', async () => {
    const host = createHost();
    expect(await host.end(heldBecause())).toHaveLength(2);
    host.now += 72 * HOUR_MS;
    await host.end(failedBecause('Away.'));
    expect(
      await host.end(
        heldBecause({ reason: '12 of 91 linked users would be deactivated; more than 10 at once is held.' }),
      ),
    ).toEqual([]);
    expect(await host.end(heldBecause({ renames: 4 }))).toHaveLength(2);
    expect(await host.end(heldBecause({ renames: 4, reason: 'The sweep ended early.' }))).toHaveLength(2);
  });

  it('of as many other removals is told, as a change', async () => {
    const host = createHost();
    const [first] = await host.end(heldBecause());
    host.list = 'other people';
    const [second] = await host.end(heldBecause());
    expect([first, second].map((mail) => toText(mail!).includes('has changed since the last mail'))).toEqual([
      false,
      true,
    ]);
    expect(await host.end(heldBecause())).toEqual([]);
  });

  it('of a list that is held only because it waits already is not mailed, and a changed one is', async () => {
    const host = createHost();
    const waits = { code: 'earlier-run-undecided', reason: 'The run abc was held.' } as const;
    await host.end(heldBecause());
    expect(await host.end(heldBecause(waits))).toEqual([]);
    host.list = 'other people';
    expect(await host.end(heldBecause(waits))).toHaveLength(2);
  });

  it('goes by the numbers where the list cannot be read', async () => {
    const host = createHost();
    host.list = '';
    expect(await host.end(heldBecause())).toHaveLength(2);
    expect(await host.end(heldBecause())).toEqual([]);
    expect(await host.end(heldBecause({ renames: 4 }))).toHaveLength(2);
  });

  it.each(['sync', 'approval'] as const)(
    'of a held list is news after a completed run of the kind %s',
    async (kind) => {
      const host = createHost();
      await host.end(heldBecause());
      await host.end(makeReport({ kind: 'preview' }));
      expect(await host.end(heldBecause())).toEqual([]);
      await host.end(makeReport({ kind }));
      expect(await host.end(heldBecause())).toHaveLength(2);
    },
  );

  it.each([
    ['the sync of one person', { kind: 'person-sync' }],
    ['the approval of such a list', { kind: 'approval', weighed: false }],
  ] as const)('of a held list is no news after %s', async (_title, run) => {
    const host = createHost();
    await host.end(heldBecause());
    expect(await host.end(makeReport(run))).toEqual([]);
    expect(await host.end(heldBecause())).toEqual([]);
  });

  it('of what nobody was told yet is mailed', async () => {
    const host = createHost();
    sink.refusals = { 'MAIL FROM': '451 later' };
    for (const report of [heldBecause(), failedBecause('Away.')]) {
      expect(await host.end(report)).toEqual([]);
    }
    sink.refusals = {};
    for (const report of [heldBecause(), failedBecause('Away.')])
      expect(await host.end(report)).toHaveLength(2);
  });
});

describe('header injection', () => {
  it.each(['\r\n', '\n', '\r', '\u2028', '\0'])(
    'by text from the directory or the site name (%j) reaches no header, and no line of its own',
    async (lineBreak) => {
      const sent: { subject: string; text: string }[] = [];
      const host = createHost({ sendMail: async (mail) => void sent.push(mail) });
      host.settings.Site_Name = `Chat${lineBreak}Bcc: eve@evil.example`;
      await host.end(failedBecause(`Away${lineBreak}Bcc: eve@evil.example`));
      await host.end(heldBecause({ reason: `Many${lineBreak}Bcc: eve@evil.example` }));
      expect(sent).toHaveLength(4);
      for (const { subject, text } of sent) {
        expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(text.split(/[\r\n\u2028]+/)).not.toContainEqual(expect.stringMatching(/^Bcc/));
      }
    },
  );

  it('leaves a subject of a bearable length', async () => {
    const [mail] = await createHost().end(failedBecause('x'.repeat(100_000)));
    expect(subjectOf(mail!).length).toBeLessThanOrEqual(220);
    expect(mail!.source.length).toBeLessThan(10_000);
  });
});

describe('what cannot be sent', () => {
  const shown = (lines: unknown[][]) => JSON.stringify(lines);

  it('is logged without addresses, and goes to the others', async () => {
    const host = createHost();
    sink.refusals = { 'RCPT TO:<BOB': '550 no bob@host.example here' };
    const report = heldBecause();
    expect((await host.end(report)).map(({ to }) => to)).toEqual([['ada@host.example']]);
    expect(host.lines).toEqual([
      [{ runId: report._id, sent: 1, of: 2, code: 'mail-failed' }, expect.any(String)],
    ]);
    expect(shown(host.lines)).not.toContain('host.example');
  });

  it('to one does not keep the others from theirs, however the mail sender fails', async () => {
    const sent: string[] = [];
    const sendMail: SendMail = ({ to }) => {
      if (to === ADDRESSES[0]) throw new Error('not a promise');
      sent.push(to);
      return Promise.resolve();
    };
    await createHost({ sendMail }).end(heldBecause());
    expect(sent).toEqual(['bob@host.example']);
  });

  it.each([
    ['the mail sender rejects', { sendMail: () => Promise.reject(new Error('no bob@host.example here')) }],
    [
      'the mail sender throws',
      {
        sendMail: (): never => {
          throw new Error('no bob@host.example here');
        },
      },
    ],
    ['the recipients cannot be read', { recipients: () => Promise.reject(new Error('bob@host.example')) }],
    ['there is nobody to mail', { recipients: () => Promise.resolve([]) }],
  ])('is logged, not thrown, when %s', async (_, options) => {
    const host = createHost(options);
    await host.end(heldBecause());
    expect(host.lines).toHaveLength(1);
    expect(shown(host.lines)).not.toContain('host.example');
  });

  it('is given up when the first few recipients get nothing', async () => {
    let tried = 0;
    const sendMail = () => ((tried += 1), Promise.reject(new Error('away')));
    await createHost({
      sendMail,
      recipients: () => Promise.resolve(Array.from({ length: 50 }, (_, index) => `a${index}@host.example`)),
    }).end(heldBecause());
    expect(tried).toBe(5);
  });
});
