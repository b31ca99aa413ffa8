import speakeasy from 'speakeasy';
import { matchTotpStep } from '../../../lib/auth/second-factor/totp.js';
import { codeAt, NOON, SECRET, STEP_MS } from './second-factor-host.js';

const step = Number(NOON) / STEP_MS;

interface Circumstances {
  readonly secret?: unknown;
  readonly window?: unknown;
  readonly now?: Date;
}

const match = (code: unknown, { secret = SECRET, window = 1, now = NOON }: Circumstances = {}) =>
  matchTotpStep(secret, code, { window: window as number, now });

/** A time at which the code begins with a zero. */
function timeOfLeadingZero(): Date {
  for (let time = Number(NOON); ; time += STEP_MS) {
    if (codeAt(time).startsWith('0')) return new Date(time);
  }
}

describe('a TOTP code', () => {
  // RFC 6238 appendix B, SHA-1, the last six of its eight digits.
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %d s of the RFC is %s', (seconds, code) => {
    expect(match(code, { now: new Date(seconds * 1_000), window: 0 })).toBe(Math.floor(seconds / 30));
  });

  test.each([-2, -1, 0, 1, 2])(
    'of %d steps away matches when the window reaches it, as that very step',
    (away) => {
      const code = codeAt(Number(NOON) + away * STEP_MS);
      expect(match(code, { window: Math.abs(away) })).toBe(step + away);
      if (away !== 0) expect(match(code, { window: Math.abs(away) - 1 })).toBeUndefined();
    },
  );

  test('of the last millisecond of a step belongs to that step', () => {
    expect(match(codeAt(NOON), { window: 0, now: new Date(Number(NOON) + STEP_MS - 1) })).toBe(step);
    expect(match(codeAt(NOON), { window: 0, now: new Date(Number(NOON) + STEP_MS) })).toBeUndefined();
  });
});

describe('the window', () => {
  test.each(['1', '2', null, NaN, Infinity, 1.5, [1], -1])(
    'that is %p lets nothing but the current step through',
    (window) => {
      expect(match(codeAt(NOON), { window })).toBe(step);
      for (const away of [-10, -2, -1, 1, 2, 10])
        expect(match(codeAt(Number(NOON) + away * STEP_MS), { window })).toBeUndefined();
    },
  );

  test('is never wider than two steps', () => {
    expect(match(codeAt(Number(NOON) + 3 * STEP_MS), { window: 1_000_000 })).toBeUndefined();
  });
});

describe('a secret', () => {
  const of = (key: string) => codeAt(NOON, Buffer.from(key, 'latin1'));

  test.each([
    ['empty', '', of('')],
    ['only padding', '================', of('')],
    ['only blanks', '    ', of('')],
    ['shorter than 16 bytes', 'GEZDGNBVGY3TQOJQGEZDGNBV', of('123456789012345')],
  ])('that is %s matches nothing, not even the code it stands for', (_what, secret, code) => {
    expect(match(code, { secret })).toBeUndefined();
  });

  test.each(['0', '1', '8', '9', '!', 'é', '='])(
    'that holds %p amid the base32 matches nothing',
    (stranger) => {
      const secret = `GEZDGNBVGY3TQOJQ${stranger}EZDGNBVGY3TQOJQ`;
      // speakeasy takes it for some other key, and this is that key's code.
      const code = speakeasy.totp({ secret, encoding: 'base32', time: Number(NOON) / 1_000 });
      expect(match(code, { secret })).toBeUndefined();
    },
  );

  test.each([undefined, null, 42, [SECRET], { $ne: null }, Buffer.from(SECRET), 'GEZDGNBV'.repeat(1_000)])(
    'that is not a text of sane length matches nothing (%#)',
    (secret) => {
      expect(matchTotpStep(secret, codeAt(NOON), { window: 2, now: NOON })).toBeUndefined();
    },
  );

  test.each(['gezdgnbvgy3tqojqgezdgnbvgy3tqojq', 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ', `${SECRET}====`])(
    'written as %p is the same secret',
    (secret) => {
      expect(match(codeAt(NOON), { secret })).toBe(step);
    },
  );
});

describe('a code that is not six digits', () => {
  const now = timeOfLeadingZero();
  const code = codeAt(now);
  const short = code.slice(1);

  test('is refused although it is the same number', () => {
    expect(match(code, { now })).toBeDefined();
    const disguises = [
      `${short}x`,
      `+${short}`,
      ` ${short}`,
      `${short} `,
      `${code}\n`,
      `\n${code}`,
      ` ${code}`,
      short,
      `0${code}`,
      `${code}, ${code}`,
      Number(code),
      [code],
      { toString: () => code },
      Object(code),
      code.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
      '',
      null,
      undefined,
      true,
      `${code}${'0'.repeat(1_000_000)}`,
    ];
    for (const disguise of disguises) expect(match(disguise, { now })).toBeUndefined();
  });
});
