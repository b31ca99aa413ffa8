import type { Change } from '../../ui/api/answers.js';
import { isOpen, matches, toGroups, toPlaces } from '../../ui/held/held-groups.js';
import { readWaiting } from '../../ui/held/read-waiting.js';
import { toWaitingCount } from '../../ui/runs/held-count.js';
import { toCsv } from '../../ui/runs/to-csv.js';
import { guessPersonKey, parseRoute, toPersonLink } from '../../ui/shell/route.js';
import { withoutCalls } from '../../ui/shown/without-calls.js';
import { splitDn, toPlace } from '../../ui/shown/dn.js';

const row = (given: Partial<Change> = {}): Change => ({
  kind: 'deactivate',
  outcome: 'deactivated',
  state: 'waiting',
  id: 'r-0000001-0',
  fields: [],
  ...given,
});

describe('the place in the page', () => {
  it.each([
    ['', { screen: 'health' }],
    ['#/nonsense', { screen: 'health' }],
    ['#/runs', { screen: 'runs', offset: 0 }],
    ['#/runs?offset=50', { screen: 'runs', offset: 50 }],
    ['#/runs?offset=-1', { screen: 'runs', offset: 0 }],
    ['#/runs/22br5pX35XNP66fgo', { screen: 'run', runId: '22br5pX35XNP66fgo' }],
    ['#/runs/../../evil', { screen: 'runs', offset: 0 }],
    ['#/held', { screen: 'held' }],
    ['#/person?dn=uid%3Da%2Cdc%3Dx', { screen: 'person', by: 'dn', text: 'uid=a,dc=x' }],
  ])('of %j is read', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  it('of a person comes back as it went', () => {
    const text = 'uid=a&b,ou=ü#?+ %';
    expect(parseRoute(toPersonLink('dn', text))).toEqual({ screen: 'person', by: 'dn', text });
  });

  it.each([
    ['ada', 'username'],
    ['ada@example.org', 'email'],
    ['uid=ada,dc=x', 'dn'],
    ['38353434376532652d376632382d31', 'id'],
  ])('of %s is guessed to be a %s', (text, by) => {
    expect(guessPersonKey(text)).toBe(by);
  });
});

describe('a DN', () => {
  it('is shown from the inside out, without its own name', () => {
    expect(toPlace('uid=ada,ou=Sales,ou=People,dc=example,dc=org')).toBe('Sales · People · example.org');
  });

  it('is split at commas that are not escaped', () => {
    expect(splitDn('cn=Hopper\\, Grace,ou=x')).toEqual(['cn=Hopper\\, Grace', 'ou=x']);
  });
});

describe('a held list', () => {
  it('is grouped by cause, and by where people were', () => {
    const rows = [
      row({ id: 'r-0000001-0', dn: 'uid=a,ou=X,dc=o' }),
      row({ id: 'r-0000001-1', disabledBy: 'nsAccountLock' }),
      row({ id: 'r-0000001-2', kind: 'merge' }),
      row({ id: 'r-0000001-3', kind: 'a kind of later' as never }),
      row({ id: 'r-0000001-4', dn: 'uid=b,ou=Y,dc=o' }),
      row({ id: 'r-0000001-5', dn: 'uid=c,ou=Y,dc=o' }),
    ];
    expect(toGroups(rows).map(({ group, rows: of }) => [group, of.length])).toEqual([
      ['deactivate-missing', 3],
      ['deactivate-disabled', 1],
      ['merge', 1],
      ['other', 1],
    ]);
    expect(toPlaces(rows).map(({ name, rows: of }) => [name, of.length])).toEqual([
      ['Y · o', 2],
      ['X · o', 1],
    ]);
  });

  it('has rows that are decided, and rows that match a text in any value', () => {
    expect(isOpen(row({ decided: { verdict: 'approved' } }))).toBe(false);
    expect(matches(row({ fields: [{ field: 'name', from: 'Ada' }] }), 'aDA')).toBe(true);
    expect(matches(row({ name: 'Grace' }), 'ada')).toBe(false);
  });

  it('is read from its end, so that what was added before it is not', async () => {
    const written = Array.from({ length: 5_000 }, (_, index) =>
      row({ kind: 'write', id: `p-0000001-${index}` }),
    );
    const waiting = Array.from({ length: 250 }, (_, index) => row({ id: `r-0000001-${index}` }));
    const done = row({ id: 'r-0000002-0', state: 'done' });
    const all = [...written, ...waiting, done];
    let asked = 0;
    // An answer is cut where it would be too large.
    const changes = ({ offset = 0, count = 25 }) => {
      asked += 1;
      const page = all.slice(offset, offset + Math.min(count, 60));
      return Promise.resolve({ changes: page, total: all.length, nextOffset: offset + page.length });
    };
    const { rows, isWhole } = await readWaiting(
      { changes },
      { runId: 'x', signal: new AbortController().signal },
      () => undefined,
    );
    expect(rows.map(({ id }) => id)).toEqual(waiting.map(({ id }) => id));
    expect(isWhole).toBe(true);
    // All of it would be 88 answers.
    expect(asked).toBeLessThan(15);
  });
});

describe('the list of runs', () => {
  const run = { held: { approvable: true, reason: '', remedy: '', deactivations: 29, renames: 1 } };
  const decision = { verdict: 'rejected', by: { _id: 'a' }, at: '2026-01-01T00:00:00Z' } as const;

  it('counts only those who wait still: nobody of a list that is decided', () => {
    expect(toWaitingCount(run)).toBe(30);
    expect(toWaitingCount({ ...run, partlyDecided: [{ ...decision, rows: 10 }] })).toBe(20);
    expect(toWaitingCount({ ...run, decision })).toBe(0);
    expect(toWaitingCount({})).toBe(0);
  });
});

describe('a remedy of the server', () => {
  it('is shown without the calls of the API, for which the page has links and buttons', () => {
    expect(
      withoutCalls('Look at the list (ldap.runChanges); then approve it (ldap.approveRun), or not.'),
    ).toBe('Look at the list; then approve it, or not.');
    expect(
      withoutCalls('Approve the row (ldap.runChanges shows the pair, ldap.approveRun approves it); or wait.'),
    ).toBe('Approve the row; or wait.');
    expect(withoutCalls('The server (ldap.example.org) and (by the host ldap.example) stay.')).toBe(
      'The server (ldap.example.org) and (by the host ldap.example) stay.',
    );
    expect(withoutCalls('the entry (cn=ldap.x) stays')).toBe('the entry (cn=ldap.x) stays');
  });
});

describe('the file of rows', () => {
  it('has a line a field, and nothing that a spreadsheet takes for a formula', () => {
    const text = toCsv([
      row({ username: '=cmd|x', name: 'A "B"', fields: [{ field: 'active', from: true, to: false }] }),
      row({ username: 'nobody', name: '-1' }),
    ]);
    expect(text.split('\r\n').slice(1, 3)).toEqual([
      `"'=cmd|x","A ""B""",,,"deactivate","deactivated","waiting","active","true","false",`,
      `"nobody","'-1",,,"deactivate","deactivated","waiting","",,,`,
    ]);
  });
});
