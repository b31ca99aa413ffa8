import { doneMessage, entryMessage, message, octets, OPERATION } from '../directory/ldap-messages.js';
import { createLyingServers, pagedControl, success } from '../directory/lying-servers.js';
import { addressOf, queryOf, sweepOnce } from '../directory/sweeps.js';

const { serve, sweepOf } = createLyingServers();

describe('a server that does not keep to the protocol while it is being paged', () => {
  it('a server that does not page is read to its end, and the sweep is incomplete', async () => {
    const { entries, end } = await sweepOf(
      (id, socket) =>
        socket.write(Buffer.concat([entryMessage(id, 'dc=x'), entryMessage(id, 'dc=y'), doneMessage(id)])),
      queryOf({ pageSize: 1 }),
    );
    expect(entries).toHaveLength(2);
    expect(end).toMatchObject({
      complete: false,
      reason: 'paging-unsupported',
      remedy: expect.stringContaining('LDAP_Search_Page_Size'),
    });
  });

  it.each<[string, (id: number) => Buffer]>([
    ['a control list that is cut off', (id) => message(id, success(0x65), Buffer.from([0xa0, 0x7f]))],
    ['a paged control without a value', (id) => message(id, success(0x65), pagedControl())],
    ['a paged control with an empty value', (id) => message(id, success(0x65), pagedControl(octets('')))],
    ['a paged control with nonsense inside', (id) => message(id, success(0x65), pagedControl(octets('xx')))],
    [
      'a cookie that is longer than its control',
      (id) => message(id, success(0x65), pagedControl(octets(Buffer.from('300702010004ff', 'hex')))),
    ],
    [
      'bytes behind the controls',
      (id) =>
        message(
          id,
          success(0x65),
          pagedControl(octets(Buffer.from('30050201000400', 'hex'))),
          Buffer.from([5, 0]),
        ),
    ],
  ])('an end of a page with %s proves nothing, and freezes nobody', async (_, toAnswer) => {
    const { error } = await sweepOf(
      (id, socket) => socket.write(Buffer.concat([entryMessage(id, 'dc=x'), toAnswer(id)])),
      queryOf({ pageSize: 10 }),
    );
    expect(error).toMatchObject({ code: 'directory-lost' });
  });

  it.each([0x61, 0x6f, 0x78])(
    'an answer of another kind (0x%s) is not the end of a search',
    async (operation) => {
      const { error } = await sweepOf((id, socket) =>
        socket.write(Buffer.concat([entryMessage(id, 'dc=x'), message(id, success(operation))])),
      );
      expect(error).toMatchObject({ code: expect.stringMatching(/^directory-(lost|search)$/) });
    },
  );

  it('a server that refuses the control is asked again without, and the sweep is incomplete', async () => {
    const { entries, end } = await sweepOf(
      (id, socket) => {
        if (id === 1) socket.write(doneMessage(id, 12));
        else socket.write(Buffer.concat([entryMessage(id, 'dc=x'), doneMessage(id)]));
      },
      queryOf({ pageSize: 10 }),
    );
    expect(entries).toHaveLength(1);
    expect(end).toMatchObject({ complete: false, reason: 'paging-unsupported' });
  });

  it('an empty page with a cookie is not the end', async () => {
    const { entries, end } = await sweepOf(
      (id, socket) => {
        const isEmpty = id % 2 === 1;
        socket.write(
          Buffer.concat([
            ...(isEmpty ? [] : [entryMessage(id, `uid=${id}`)]),
            doneMessage(id, 0, id < 6 ? `after ${id}` : ''),
          ]),
        );
      },
      queryOf({ pageSize: 1 }),
    );
    expect(entries.map(({ dn }) => dn)).toEqual(['uid=2', 'uid=4', 'uid=6']);
    expect(end).toEqual({ complete: true });
  });

  it('empty pages for ever are an error', async () => {
    const { error } = await sweepOf(
      (id, socket) => socket.write(doneMessage(id, 0, 'same')),
      queryOf({ pageSize: 1 }),
    );
    expect(error).toMatchObject({
      code: 'directory-search',
      message: expect.stringContaining('empty pages'),
    });
  });

  it('the cookie goes back byte for byte', async () => {
    const { port, requests } = await serve(({ id }, socket) =>
      socket.write(doneMessage(id, 0, id === 1 ? '\u0000\u0001"\\)(' : '')),
    );
    await sweepOnce(addressOf({ port }), queryOf({ pageSize: 7 }));
    expect(requests.filter(({ tag }) => tag === OPERATION.searchRequest)).toHaveLength(2);
    expect(requests[1]?.bytes.includes('\u0000\u0001"\\)(')).toBe(true);
  });

  it('a server that sends more than the limit is cut off at the limit', async () => {
    const { entries, end } = await sweepOf(
      (id, socket) =>
        socket.write(
          Buffer.concat([
            ...Array.from({ length: 9 }, (_, index) => entryMessage(id, `uid=${index}`)),
            doneMessage(id),
          ]),
        ),
      queryOf({ sizeLimit: 5 }),
    );
    expect(entries).toHaveLength(5);
    expect(end).toMatchObject({
      complete: false,
      reason: 'size-limit',
      remedy: expect.stringContaining('LDAP_Search_Size_Limit'),
    });
  });

  it('as many entries as the limit, and no more, are complete', async () => {
    const { entries, end } = await sweepOf(
      (id, socket) =>
        socket.write(
          Buffer.concat([
            ...Array.from({ length: 5 }, (_, index) => entryMessage(id, `uid=${index}`)),
            doneMessage(id),
          ]),
        ),
      queryOf({ sizeLimit: 5 }),
    );
    expect(entries).toHaveLength(5);
    expect(end).toEqual({ complete: true });
  });
});
