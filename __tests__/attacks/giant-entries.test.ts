import { LIMITS } from '../../lib/directory/wire/limits.js';
import {
  doneMessage,
  message,
  octets,
  referenceMessage,
  resultMessage,
  startLyingServer,
  tlv,
} from '../directory/ldap-messages.js';
import { attribute, emptyValues, manyAttributes, nested, rawEntry, repeat } from '../setup/giant-messages.js';
import { sweepInSmallHeap, type SweepChildOptions, type SweepSummary } from '../setup/sweep-child-process.js';

const MEGABYTE = 1024 * 1024;
const IN_A_ROW = 2;
/** With a heap of 64 MB; the runtime alone has about 80. */
const MOST_BYTES = 256 * MEGABYTE;
const CN = attribute('cn', Buffer.from('c'));

/**
 * What a host with a heap of 64 MB makes of messages that are sent so often, and of the end of the search
 * after them.
 */
async function attack(
  toMessage: (id: number) => Buffer,
  { times = IN_A_ROW, ...options }: Partial<SweepChildOptions> & { times?: number } = {},
): Promise<SweepSummary> {
  const server = await startLyingServer(({ id }, socket) => {
    const bytes = toMessage(id);
    for (let time = 0; time < times; time += 1) socket.write(bytes);
    socket.write(doneMessage(id));
  });
  try {
    return await sweepInSmallHeap({ port: server.port, attributes: ['cn', 'mail'], ...options });
  } finally {
    await server.close();
  }
}

describe('an entry of many megabytes', () => {
  it.each<[string, (id: number) => Buffer]>([
    [
      'ten million empty values of an attribute',
      (id) => rawEntry(id, 'cn=x', [emptyValues('junk', 10_000_000), CN]),
    ],
    ['twenty million of them', (id) => rawEntry(id, 'cn=x', [CN, emptyValues('junk', 20_000_000)])],
    [
      'names of ten thousand letters',
      (id) => rawEntry(id, 'cn=x', [manyAttributes(2_000, (index) => `${index}`.padStart(10_000, 'x')), CN]),
    ],
    [
      'half a million attributes without a value',
      (id) => rawEntry(id, 'cn=x', [manyAttributes(500_000, (index) => `a${index}`), CN]),
    ],
    ['one value of 40 MB', (id) => rawEntry(id, 'cn=x', [attribute('junk', Buffer.alloc(40_000_000)), CN])],
    [
      'sequences a million deep where values belong',
      (id) => rawEntry(id, 'cn=x', [tlv(0x30, octets('junk'), tlv(0x31, nested(1_000_000))), CN]),
    ],
    [
      'a million controls',
      (id) => rawEntry(id, 'cn=x', [CN], tlv(0xa0, repeat(tlv(0x30, octets('1.2.3')), 1_000_000))),
    ],
    [
      'passwords that nobody asked for',
      (id) => rawEntry(id, 'cn=x', [emptyValues('userPassword', 10_000_000), CN]),
    ],
  ])('that was not asked for costs nothing: %s', async (_, toMessage) => {
    const swept = await attack(toMessage);
    expect(swept).toMatchObject({
      outcome: 'complete',
      entries: IN_A_ROW,
      attributes: IN_A_ROW,
      values: IN_A_ROW,
    });
    expect(swept.peakBytes).toBeLessThan(MOST_BYTES);
    // Others have their turn after every slice at the latest.
    expect(swept.turns).toBeGreaterThan((IN_A_ROW * toMessage(2).length) / MEGABYTE);
  });

  it.each<[string, (id: number) => Buffer, Partial<SweepSummary>]>([
    [
      'ten million values',
      (id) => rawEntry(id, 'cn=x', [emptyValues('cn', 10_000_000)]),
      {
        attributes: IN_A_ROW,
        values: IN_A_ROW * LIMITS.values,
        dropped: IN_A_ROW * (10_000_000 - LIMITS.values),
      },
    ],
    [
      'half a million pieces of one value',
      (id) => rawEntry(id, 'cn=x', [repeat(CN, 500_000)]),
      {
        attributes: IN_A_ROW,
        values: IN_A_ROW * LIMITS.values,
        dropped: IN_A_ROW * (500_000 - LIMITS.values),
      },
    ],
    [
      'half a million forms with an option',
      (id) => rawEntry(id, 'cn=x', [manyAttributes(500_000, (index) => `cn;x-${index}`), CN]),
      { attributes: IN_A_ROW * (LIMITS.optionForms + 1), values: IN_A_ROW, dropped: 0 },
    ],
    [
      'forty values of a megabyte',
      (id) => rawEntry(id, 'cn=x', [repeat(attribute('cn', Buffer.alloc(MEGABYTE)), 40)]),
      { attributes: IN_A_ROW, values: IN_A_ROW * 15, dropped: IN_A_ROW * 25 },
    ],
  ])(
    'that was asked for is kept within limits, and says what is missing: %s',
    async (_, toMessage, expected) => {
      const swept = await attack(toMessage);
      expect(swept).toMatchObject({ outcome: 'complete', entries: IN_A_ROW, ...expected });
      expect(swept.peakBytes).toBeLessThan(MOST_BYTES);
    },
  );

  it('does not keep what came between the values that were asked for', async () => {
    const sparse = repeat(Buffer.concat([CN, attribute('junk', Buffer.alloc(70_000))]), 500);
    const swept = await attack((id) => rawEntry(id, 'cn=x', [sparse]), { times: 20, pauseMs: 50 });
    expect(swept).toMatchObject({ outcome: 'complete', entries: 20, values: 20 * 500 });
    expect(swept.peakBytes).toBeLessThan(MOST_BYTES);
  });

  it('counts what an entry costs here, not what it cost the server', async () => {
    const tiny = repeat(rawEntry(2, '', []), 10_000);
    const swept = await attack((id) => (id === 1 ? repeat(rawEntry(1, '', []), 10_000) : tiny), {
      times: 50,
      pauseMs: 1,
    });
    expect(swept).toMatchObject({ outcome: 'complete', entries: 500_000 });
    expect(swept.peakBytes).toBeLessThan(MOST_BYTES);
  });

  it('that is a group of 200,000 members passes, a thousand members at a time', async () => {
    const members = 200_000;
    const value = octets('uid=person-with-a-long-name,ou=people,ou=somewhere,dc=example,dc=org');
    const group = tlv(0x30, octets('member'), tlv(0x31, repeat(value, members)));
    const swept = await attack((id) => rawEntry(id, 'cn=everybody', [CN, group]), {
      times: 2,
      attributes: ['cn', 'member'],
      sliced: ['member'],
      pauseMs: 1,
    });
    expect(swept).toMatchObject({
      outcome: 'complete',
      entries: 2,
      values: 2 * members + 2,
      dropped: 0,
      largestPiece: LIMITS.sliceValues,
    });
    expect(swept.peakBytes).toBeLessThan(MOST_BYTES);
  });

  it.each<[string, (id: number) => Buffer, RegExp]>([
    [
      'a DN of 20 MB',
      (id) => rawEntry(id, Buffer.alloc(20_000_000, 'x'), []),
      /^directory-lost .*DN is 20000000 bytes/,
    ],
    [
      'a text of 20 MB',
      (id) => resultMessage(id, 0x65, 80, 'x'.repeat(20_000_000)),
      /^directory-lost .*message of 200000\d\d bytes/,
    ],
    [
      'an entry larger than all limits',
      (id) => rawEntry(id, 'cn=x', [attribute('junk', Buffer.alloc(70_000_000))]),
      /^directory-lost .*at most 67108864/,
    ],
    [
      'a hundred thousand answers to one question',
      (id) => repeat(doneMessage(id + 1), 100_000),
      /^directory-lost .*nobody asked for/,
    ],
    [
      'a hundred thousand controls at the end',
      (id) =>
        message(
          id,
          tlv(0x65, Buffer.from('0a010004000400', 'hex')),
          tlv(0xa0, repeat(tlv(0x30, octets('1')), 60_000)),
        ),
      /^directory-lost .*100 controls/,
    ],
  ])('ends the sweep with an error that says so: %s', async (_, toMessage, outcome) => {
    const swept = await attack(toMessage, { times: 1 });
    expect(swept.outcome).toMatch(outcome);
    expect(swept.peakBytes).toBeLessThan(MOST_BYTES);
  });

  it.each<[string, (id: number) => Buffer, number, string]>([
    [
      'a million references in one message',
      (id) => message(id, tlv(0x73, repeat(octets('ldap://x/'), 1_000_000))),
      1,
      'referral',
    ],
    [
      'half a million messages with a reference',
      (id) => repeat(referenceMessage(id, 'ldap://x/'), 500_000),
      1,
      'referral',
    ],
    [
      'an intermediate response of 20 MB',
      (id) => message(id, tlv(0x79, octets(Buffer.alloc(20_000_000)))),
      IN_A_ROW,
      'complete',
    ],
    ['half a million intermediate responses', (id) => repeat(message(id, tlv(0x79)), 500_000), 1, 'complete'],
  ])('is not the only way, and no other is better: %s', async (_, toMessage, times, outcome) => {
    const swept = await attack(toMessage, { times });
    expect(swept).toMatchObject({ outcome, entries: 0 });
    expect(swept.peakBytes).toBeLessThan(MOST_BYTES);
  });
});
