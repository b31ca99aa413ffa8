import { createSmtpMail } from '../../lib/auth/smtp-mail.js';
import type { PersonMails } from '../../lib/sync/mails/person-mails.js';
import { parseSettings } from '../../lib/settings/settings.js';
import { many, toPerson, useHistories, type Settings } from '../setup/histories.js';
import { openSmtpSink } from '../setup/smtp-sink.js';

type Mail = Parameters<PersonMails['send']>[0];

/** Everything that was handed over since the test began. */
let sent: Mail[] = [];
let isSetUp = true;
/** What the mail server says to a mail. */
let take: (mail: Mail) => Promise<void> = () => Promise.resolve();
beforeEach(() => {
  [sent, isSetUp, take] = [[], true, () => Promise.resolve()];
});

const mails: PersonMails = {
  isSetUp: () => Promise.resolve(isSetUp),
  async send(mail) {
    await take(mail);
    sent.push(mail);
  },
};
const histories = useHistories({ mails });
const { collection, engine, killAt, previewThenRun, set, sync } = histories;

const SETTINGS = {
  LDAP_Sync_User_Active_State: 'both',
  LDAP_Extension_Field: '',
  LDAP_Guard_Always_Allowed: 3,
  LDAP_Guard_Deactivations_Percent: 50,
  LDAP_Guard_Reactivations_Percent: 50,
  Site_Name: 'Our Chat',
  Site_Url: 'https://chat.example/',
};
const PEOPLE = 12;

/** The first so many of them are disabled. */
const offUpTo = (count: number) =>
  many(PEOPLE, (index) => ({ cn: `Person ${index}`, nsAccountLock: index < count ? 'TRUE' : 'FALSE' }));
const run = (count: number, settings: Settings = {}) => sync(offUpTo(count), { ...SETTINGS, ...settings });
const recipients = (): readonly string[] => sent.map(({ to }) => to).sort();
const due = () => collection('users').countDocuments({ 'ldapSync.mail': { $exists: true } });

describe('a person', () => {
  beforeEach(() => run(0));

  it('is mailed once when a sync switches the person off, and once when on again', async () => {
    expect(await run(1)).toMatchObject({ counts: { deactivated: 1 }, mailed: 1, problems: [] });
    expect(sent).toEqual([
      {
        to: 'p0@x.org',
        subject: '[Our Chat] Your account was deactivated',
        text: expect.stringContaining(
          'Hello Person 0,\n\nYour account p0 at Our Chat (https://chat.example) was deactivated.',
        ),
      },
    ]);
    expect(await run(1)).not.toHaveProperty('mailed');
    expect(sent).toHaveLength(1);
    expect(await run(0)).toMatchObject({ counts: { reactivated: 1 }, mailed: 1 });
    expect(sent[1]).toMatchObject({ to: 'p0@x.org', subject: '[Our Chat] Your account was activated' });
    expect(await due()).toBe(0);
  });

  it('is mailed at all addresses, verified or not, and at no text that is not one address', async () => {
    const addresses = ['a@x.org', 'b@x.org', 'a@x.org', 'c@x.org, d@x.org', 'e@x.org\nBcc: f@x.org', 7];
    await set('p0', {
      active: false,
      emails: addresses.map((address) => ({ address, verified: false })),
      ldapSync: { mail: { about: 'off', runId: 'former' }, unfinished: ['mail'] },
    });
    await run(1, { LDAP_Background_Sync_Keep_Existant_Users_Updated: false });
    expect(recipients()).toEqual(['a@x.org', 'b@x.org']);
  });

  it.each([
    ['off', 'Accounts_Send_Email_When_Deactivating', [], ['p0@x.org']],
    ['on', 'Accounts_Send_Email_When_Activating', ['p0@x.org'], []],
  ])('is not mailed about being switched %s where %s is off', async (_what, setting, off, on) => {
    await run(1, { [setting]: false });
    expect(recipients()).toEqual(off);
    sent = [];
    await run(0, { [setting]: false });
    expect(recipients()).toEqual(on);
    expect(await due()).toBe(0);
  });

  it('who cannot be mailed is a problem with a remedy, and the others are mailed', async () => {
    take = ({ to }) =>
      to === 'p1@x.org' ? Promise.reject(new Error('p1@x.org is unknown')) : Promise.resolve();
    const report = await run(3);
    expect(recipients()).toEqual(['p0@x.org', 'p2@x.org']);
    expect(report).toMatchObject({ state: 'completed', mailed: 2 });
    expect(report.problems).toEqual([
      {
        message: expect.stringMatching(/^1 person .* could not be mailed/),
        remedy: expect.stringContaining('SMTP'),
      },
    ]);
    expect(JSON.stringify(report)).not.toContain('p1@x.org is unknown');
    await run(3);
    expect(sent).toHaveLength(2);
  });

  it('is not mailed by a preview', async () => {
    await engine(offUpTo(1), SETTINGS).preview();
    expect(sent).toEqual([]);
    await previewThenRun(offUpTo(1), SETTINGS);
    expect(sent).toHaveLength(1);
  });

  it('who is switched off when created is not mailed', async () => {
    await sync([...offUpTo(0), toPerson('new', { nsAccountLock: 'TRUE' })], SETTINGS);
    expect(sent).toEqual([]);
  });

  it('whose switching off is reverted is told of that, too, if the first mail has gone out', async () => {
    const off = await run(1);
    await histories.revert(off._id);
    expect(sent.map(({ subject }) => subject)).toEqual(
      ['[Our Chat] Your account was deactivated', '[Our Chat] Your account was activated'].map(
        (subject, index) => (index === 1 ? subject.replace('Our Chat', 'Chat') : subject),
      ),
    );
  });
});

describe('many people', () => {
  beforeEach(() => run(0));

  it('are not mailed when a sync switches them off, and the report says so once', async () => {
    const report = await run(4);
    expect(report).toMatchObject({ counts: { deactivated: 4 } });
    expect(report.problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining('nobody of them was mailed') }),
    ]);
    expect((await run(4)).problems).toEqual([]);
    expect([sent, await due()]).toEqual([[], 0]);
  });

  it.each([
    [true, 7, 0],
    [undefined, 0, 1],
    [false, 0, 0],
  ])('are mailed after an approval with "mail": %s: %i mails', async (mail, mailed, problems) => {
    const held = await run(7);
    expect(held).toMatchObject({ state: 'held' });
    const approval = await engine(offUpTo(7), SETTINGS).approve(held._id, {
      ...(mail === undefined ? {} : { mail }),
    });
    expect(approval.counts).toMatchObject({ deactivated: 7 });
    expect(sent).toHaveLength(mailed);
    expect(approval.problems).toHaveLength(problems);
    const { decision } = await engine([]).run(held._id);
    expect(decision).toEqual(
      expect.objectContaining({ verdict: 'approved', ...(mail === undefined ? {} : { mail }) }),
    );
  });

  it('of whom few are approved are mailed without a word about it', async () => {
    const held = await run(7);
    const rows = ['r-0000001-0', 'r-0000001-1'];
    await engine(offUpTo(7), SETTINGS).approve(held._id, { rows });
    expect(sent).toHaveLength(2);
  });

  it('are asked for one after the other no longer when the mail server takes nothing', async () => {
    let asked = 0;
    take = () => {
      asked += 1;
      return Promise.reject(new Error('down'));
    };
    const held = await run(7);
    const approval = await engine(offUpTo(7), SETTINGS).approve(held._id, { mail: true });
    expect([asked, await due()]).toEqual([5, 2]);
    expect(approval.problems).toHaveLength(2);
    take = () => Promise.resolve();
    expect(await run(7)).toMatchObject({ mailed: 2 });
  });
});

describe('without a mail server', () => {
  beforeEach(() => run(0));

  it('nothing is sent, then or later, and only a run that should have mailed says so', async () => {
    isSetUp = false;
    expect((await run(0)).problems).toEqual([]);
    const { problems } = await run(1);
    expect(problems).toEqual([
      expect.objectContaining({
        setting: 'Accounts_Send_Email_When_Deactivating',
        remedy: expect.stringContaining('SMTP_Host'),
      }),
    ]);
    expect((await run(1, { Accounts_Send_Email_When_Deactivating: false })).problems).toEqual([]);
    isSetUp = true;
    await run(1);
    expect(sent).toEqual([]);
  });
});

describe('a host that is killed', () => {
  const atClaim = (nth: number) =>
    ({
      collection: 'users',
      method: 'updateMany',
      nth,
      isMeant: ([, update]: readonly unknown[]) =>
        'ldapSync.mail' in ((update as { $unset?: object }).$unset ?? {}),
    }) as const;

  beforeEach(() => run(0));

  it('before it mails leaves it to the next run', async () => {
    await killAt(atClaim(1), () => run(3));
    expect([sent, await due()]).toEqual([[], 3]);
    expect(await run(3)).toMatchObject({ mailed: 3 });
    expect(recipients()).toEqual(['p0@x.org', 'p1@x.org', 'p2@x.org']);
  });

  it('between two batches mails nobody twice, and the next run goes by what the approver said', async () => {
    const held = await run(7);
    await killAt(atClaim(2), () => engine(offUpTo(7), SETTINGS).approve(held._id, { mail: true }));
    expect(sent).toHaveLength(5);
    expect(await run(7)).toMatchObject({ mailed: 2 });
    expect(new Set(recipients()).size).toBe(7);
    expect(sent).toHaveLength(7);
  });

  it('mails nobody later who was on again by then', async () => {
    await killAt(atClaim(1), () => run(1));
    await set('p0', { active: true });
    await run(0);
    expect([sent, await due()]).toEqual([[], 0]);
  });

  it('and whose switching off a sync takes back before it was told mails nothing', async () => {
    await killAt(atClaim(1), () => run(1));
    await sync(offUpTo(0), { ...SETTINGS, LDAP_Sync_User_Active_State: 'both' });
    expect(sent).toEqual([]);
  });
});

it('goes out over SMTP, one mail to each address', async () => {
  const sink = await openSmtpSink();
  try {
    const values = { SMTP_Host: '127.0.0.1', SMTP_Port: String(sink.port), From_Email: 'chat@x.org' };
    const settings = parseSettings(new Map(Object.entries(values)));
    take = createSmtpMail({ mailUrl: undefined, readSettings: () => Promise.resolve(settings) });
    await run(0);
    await run(2);
    expect(sink.mails.map(({ to }) => to).sort()).toEqual([['p0@x.org'], ['p1@x.org']]);
    expect(sink.mails[0]?.source).toContain('was deactivated');
  } finally {
    await sink.close();
  }
});

it('passes over what somebody else has put in the place of the note', async () => {
  await run(0);
  const note = (mail: unknown, unfinished: unknown = ['mail']) => ({ ldapSync: { mail, unfinished } });
  await set('p0', note({ about: 'x', runId: 'y' }));
  await set('p1', { ...note({ about: 'off', runId: 'gone' }), active: false });
  await set('p2', note(undefined));
  await set('p3', { ...note({ about: 'off', runId: 'gone' }, 'mail'), active: false });
  expect(await run(0, { LDAP_Sync_User_Active_State: 'none' })).toMatchObject({
    state: 'completed',
    mailed: 1,
  });
});
