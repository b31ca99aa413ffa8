import { PassThrough } from 'node:stream';
import { createJsonLogger } from '../../cli/serve/json-logger.js';
import { toWidth } from '../../cli/terminal/printable.js';
import { toSafeLines } from '../../cli/terminal/safe-lines.js';
import { createPaint } from '../../cli/terminal/style.js';
import type { Terminal } from '../../cli/terminal/terminal.js';
import { toJson } from '../../cli/terminal/to-json.js';
import { printList } from '../../cli/show/print-list.js';
import { storeSettings } from '../setup/host.js';
import { command, toPerson, useCompany } from '../setup/command-line.js';

const HOSTILE = "=cmd|' /C calc'!A1";
const STEERING = 'Evil\u001b[2J\u202eName\u009b31m';
const company = useCompany([
  toPerson(0, HOSTILE),
  toPerson(1, STEERING),
  toPerson(2),
  toPerson(3, '山田 太郎'.repeat(20)),
]);
// eslint-disable-next-line no-control-regex -- that none of them gets through is what is tested
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

async function lastRun(): Promise<string> {
  return (await command(['runs', '--limit', '1'], { environment: company.overDatabase() })).out.slice(0, 17);
}

describe('the output of commands', () => {
  beforeEach(async () => {
    await command(['sync'], { environment: company.overDatabase() });
  });

  it('on a terminal is a table of its width, with colours', async () => {
    const { out } = await command(['changes', await lastRun()], {
      environment: company.overDatabase(),
      columns: 90,
    });
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(out).toContain('\u001b[32mcreated');
    // eslint-disable-next-line no-control-regex -- colours take no columns
    for (const line of lines) expect(toWidth(line.replace(/\u001b\[\d+m/g, ''))).toBeLessThanOrEqual(90);
    expect(lines.some((line) => line.includes('…'))).toBe(true);
  });

  it('on a terminal has no colours with NO_COLOR', async () => {
    const environment = { ...company.overDatabase(), NO_COLOR: '1' };
    for (const verb of ['status', 'runs'])
      expect((await command([verb], { environment, columns: 90 })).out).not.toMatch(CONTROL);
  });

  it('in a pipe is a line a row with nothing cut and without colours', async () => {
    const { out } = await command(['changes', await lastRun()], { environment: company.overDatabase() });
    expect(out).not.toMatch(CONTROL);
    expect(out).not.toContain('…');
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t').length),
    ).toEqual([6, 6, 6]);
  });

  it('shows control characters and marks that reorder text as marks, everywhere', async () => {
    await storeSettings(company.database().connection, { LDAP_BaseDN: STEERING });
    const run = await lastRun();
    for (const argv of [
      ['settings', 'get'],
      ['settings', 'get', 'LDAP_BaseDN'],
      ['settings', 'diff', 'LDAP_BaseDN=dc=x'],
      ['changes', run],
      ['run', run],
    ])
      for (const columns of [undefined, 100]) {
        const { out } = await command(argv, {
          environment: { ...company.overDatabase(), NO_COLOR: '1' },
          ...(columns === undefined ? {} : { columns }),
        });
        expect(out).not.toMatch(CONTROL);
        if (argv[0] === 'settings') expect(out).toContain('Evil\ufffd[2J\ufffdName');
      }
    const csv = { environment: company.overDatabase(), columns: 200 };
    expect((await command(['settings', 'get', '--csv'], csv)).out).not.toMatch(CONTROL);
  });

  it('as JSON means the same and cannot steer a terminal', async () => {
    for (const columns of [undefined, 100]) {
      const { out } = await command(['changes', await lastRun(), '--json'], {
        environment: company.overDatabase(),
        ...(columns === undefined ? {} : { columns }),
      });
      expect(out).not.toMatch(CONTROL);
      const { changes } = JSON.parse(out) as { changes: { name: string }[] };
      expect(changes.map(({ name }) => name)).toContain(HOSTILE);
    }
  });

  it('as CSV holds no cell that a spreadsheet takes for a formula', async () => {
    const { out } = await command(['changes', await lastRun(), '--csv'], {
      environment: company.overDatabase(),
    });
    expect(out).toContain(`'${HOSTILE}`);
    expect(out).not.toMatch(/(^|,)"?[=+@-]/m);
  });

  it('has as many rows as --limit says', async () => {
    const argv = ['changes', await lastRun(), '--limit', '2'];
    expect(
      (await command(argv, { environment: company.overDatabase() })).out.trimEnd().split('\n'),
    ).toHaveLength(2);
  });
});

it('nothing that goes to a terminal steers it but the codes of our own styles, line ends and tabs', () => {
  const painted = createPaint(true, {})('red', 'a');
  expect(toSafeLines([painted, 'b\tc', '\u001b[2J\r\u202e\u200b\u001b]0;t\u0007'])).toBe(
    `${painted}\nb\tc\n\ufffd[2J\ufffd\ufffd\ufffd\ufffd]0;t\ufffd`,
  );
  const value = { name: '\u{e0001}\u200b\u009b' };
  expect(toJson(value)).toMatch(/^[ -~]*$/);
  expect(JSON.parse(toJson(value))).toEqual(value);
});

it('a list asks for no further page when its reader has gone', async () => {
  let pages = 0;
  let isGone = false;
  const take = (): Promise<void> => {
    isGone = true;
    return Promise.resolve();
  };
  await printList(
    {
      pages: (async function* () {
        for (;;) {
          pages += 1;
          yield await Promise.resolve([pages]);
        }
      })(),
      columns: [{ title: 'page', cell: String }],
      toDocument: () => ({}),
      empty: '',
    },
    { ndjson: true },
    {
      write: take,
      get isGone() {
        return isGone;
      },
    } as unknown as Terminal,
  );
  expect(pages).toBe(1);
});

it('no detail of an event takes the place of its time, level or message in the log', () => {
  const output = new PassThrough();
  createJsonLogger(output, 'info').warn({ level: 'debug', message: 'other', time: 0, run: 'r' }, 'this');
  expect(JSON.parse(String(output.read()))).toEqual({
    time: expect.stringMatching(/^\d{4}-/),
    level: 'warn',
    message: 'this',
    run: 'r',
  });
});
