import { openLdapDirectory } from '../../lib/directory/ldap/ldap-directory.js';
import {
  doneMessage,
  entryMessage,
  message,
  octets,
  OPERATION,
  referenceMessage,
  resultMessage,
  tlv,
} from '../directory/ldap-messages.js';
import { BIND, BRIEF, createLyingServers } from '../directory/lying-servers.js';
import { addressOf, queryOf, readAll, sweepOnce, textsOf } from '../directory/sweeps.js';

const { serve, sweepOf } = createLyingServers();

describe('a server that does not keep to the protocol while it is being read', () => {
  it('entries are taken as they are: any DN, any bytes, any spelling', async () => {
    const dns = ['cn_x=a', 'OID.2.5.4.3=x', '<GUID=abc>;cn=x', 'cn=a,', 'cn=a\\5Cb\\2C c', '', '山田'];
    const { entries, end } = await sweepOf(
      (id, socket) => {
        socket.write(
          Buffer.concat([...dns.map((dn) => entryMessage(id, dn, [['mAiL', 'x']])), doneMessage(id)]),
        );
      },
      queryOf({ attributes: ['mail'] }),
    );
    expect(entries.map(({ dn }) => dn)).toEqual(dns);
    expect(textsOf(entries[0], 'mail')).toEqual(['x']);
    expect(end).toEqual({ complete: true });
  });

  it('thousands of tiny messages in one chunk are read', async () => {
    const { entries, end } = await sweepOf((id, socket) => {
      socket.write(
        Buffer.concat([...Array.from({ length: 20_000 }, () => entryMessage(id, '')), doneMessage(id)]),
      );
    });
    expect(entries).toHaveLength(20_000);
    expect(end).toEqual({ complete: true });
  });

  it('a value of 20 MB is dropped, and said to have been there', async () => {
    const { entries, end } = await sweepOf(
      (id, socket) => {
        socket.write(
          Buffer.concat([
            entryMessage(id, 'dc=x', [
              ['jpegPhoto', Buffer.alloc(20_000_000)],
              ['cn', 'c'],
            ]),
            doneMessage(id),
          ]),
        );
      },
      queryOf({ attributes: ['jpegPhoto', 'cn'] }),
    );
    expect(entries[0]?.attributes.get('jpegphoto')).toEqual({
      name: 'jpegPhoto',
      values: [],
      droppedBytes: 20_000_000,
    });
    expect(textsOf(entries[0], 'cn')).toEqual(['c']);
    expect(end).toEqual({ complete: true });
  });

  it.each<[string, (id: number) => Buffer]>([
    ['garbage', () => Buffer.from('!!!! not LDAP !!!!')],
    [
      'an entry that contradicts itself',
      (id) => message(id, tlv(0x64, octets('dc=x'), Buffer.from('307f', 'hex'))),
    ],
    ['a message of 1 GB', () => Buffer.from('308440000000', 'hex')],
    [
      'a search result that ldapjs does not understand',
      (id) =>
        message(
          id,
          tlv(0x65, Buffer.from('0a0100', 'hex'), octets(''), octets('')),
          tlv(0xa0, Buffer.from('30ff', 'hex')),
        ),
    ],
  ])('%s is a lost directory; what came before is kept', async (_, toBytes) => {
    const { entries, error, end } = await sweepOf((id, socket) =>
      socket.write(Buffer.concat([entryMessage(id, 'dc=x'), toBytes(id), doneMessage(id)])),
    );
    expect(error).toMatchObject({ code: 'directory-lost' });
    expect(end).toBeUndefined();
    expect(entries).toHaveLength(1);
  });

  it('half a message and then the end is a lost directory', async () => {
    const { error } = await sweepOf((id, socket) =>
      socket.end(entryMessage(id, 'dc=x', [['cn', 'c']]).subarray(0, 20)),
    );
    expect(error).toMatchObject({ code: 'directory-lost' });
  });

  it(
    'a connection that ends between the last entry and the result is a lost directory, never a ' +
      'complete sweep',
    async () => {
      for (const end of ['end', 'resetAndDestroy', 'destroy'] as const) {
        for (const pageSize of [0, 100]) {
          const { port } = await serve(({ id }, socket) =>
            socket.write(entryMessage(id, 'dc=x'), () => socket[end]()),
          );
          const swept = await sweepOnce(addressOf({ port, bind: BIND }), queryOf({ pageSize }));
          expect(swept.error).toMatchObject({ code: 'directory-lost' });
          expect(swept.end).toBeUndefined();
        }
      }
    },
  );

  it.each<[string, (id: number) => Buffer]>([
    ['nothing', () => Buffer.alloc(0)],
    ['one entry', (id) => entryMessage(id, 'dc=x')],
    ['half an entry', (id) => entryMessage(id, 'dc=x').subarray(0, 9)],
    ['the result of another request', (id) => doneMessage(id + 7)],
    ['a notice of disconnection', () => resultMessage(0, OPERATION.extendedResponse, 52, 'going down')],
  ])('silence after %s is a timeout', async (_, toBytes) => {
    const { error, end } = await sweepOf((id, socket) => socket.write(toBytes(id)), queryOf(), {
      operationTimeoutMs: 300,
    });
    expect(error).toMatchObject({
      code: 'directory-timeout',
      remedy: expect.stringContaining('LDAP_Timeout'),
    });
    expect(end).toBeUndefined();
  });

  it('a byte now and then is silence', async () => {
    const bytes = entryMessage(2, 'dc=x', [['cn', 'x'.repeat(100)]]);
    const timers: NodeJS.Timeout[] = [];
    const { error } = await sweepOf(
      (_, socket) => {
        let at = 0;
        timers.push(setInterval(() => socket.write(bytes.subarray(at, (at += 1))), 50));
      },
      queryOf(),
      { operationTimeoutMs: 300 },
    );
    timers.forEach(clearInterval);
    expect(error).toMatchObject({ code: 'directory-timeout' });
  });

  it('results that belong to nobody change nothing', async () => {
    const { entries, end } = await sweepOf((id, socket) => {
      socket.write(
        Buffer.concat([
          doneMessage(id + 7, 4),
          resultMessage(0, OPERATION.extendedResponse, 52),
          entryMessage(id, 'dc=x'),
          doneMessage(id),
        ]),
      );
    });
    expect(entries).toHaveLength(1);
    expect(end).toEqual({ complete: true });
  });

  it('what was answered before says nothing about the search after it', async () => {
    let searches = 0;
    const { port } = await serve(({ id }, socket) => {
      searches += 1;
      if (searches === 1) socket.write(Buffer.concat([entryMessage(id, 'dc=x'), doneMessage(id)]));
      else socket.destroy();
    });
    const directory = await openLdapDirectory(addressOf({ port, bind: BIND }));
    expect((await readAll(directory, queryOf())).end).toEqual({ complete: true });
    const second = await readAll(directory, queryOf());
    expect(second.error).toMatchObject({ code: 'directory-lost' });
    expect(second.end).toBeUndefined();
    directory.close();
  });

  it('a consumer who is slow with what has all come is not taken for a silent server', async () => {
    const { port } = await serve(({ id }, socket) => {
      socket.write(
        Buffer.concat([...Array.from({ length: 1_900 }, () => entryMessage(id, '')), doneMessage(id)]),
      );
    });
    const directory = await openLdapDirectory(addressOf({ port, ...BRIEF }));
    const pages = directory.sweep(queryOf());
    await pages.next();
    await new Promise((resolve) => setTimeout(resolve, 2 * BRIEF.operationTimeoutMs));
    let end: unknown;
    for (let next = await pages.next(); !end; next = await pages.next())
      end = next.done ? next.value : undefined;
    expect(end).toEqual({ complete: true });
    await new Promise((resolve) => setTimeout(resolve, 2 * BRIEF.operationTimeoutMs));
    expect((await readAll(directory, queryOf())).end).toEqual({ complete: true });
    directory.close();
  });

  it('a reference anywhere makes the sweep incomplete, even one that leads nowhere', async () => {
    for (const urls of [['ldap://dc2.example.org/dc=x??sub'], []]) {
      const { entries, end } = await sweepOf((id, socket) => {
        socket.write(
          Buffer.concat([referenceMessage(id, ...urls), entryMessage(id, 'dc=x'), doneMessage(id)]),
        );
      });
      expect(entries).toHaveLength(1);
      expect(end).toMatchObject({
        complete: false,
        reason: 'referral',
        message: expect.stringContaining(urls[0] ?? 'unnamed'),
      });
    }
  });

  it('a flood of references is quoted in bounds and without control characters', async () => {
    const { end } = await sweepOf((id, socket) => {
      const url = 'ldap://x\r\n\u001b[31m' + 'y'.repeat(10_000);
      socket.write(
        Buffer.concat([
          ...Array.from({ length: 500 }, () => referenceMessage(id, url, url, url)),
          doneMessage(id),
        ]),
      );
    });
    expect(end).toMatchObject({ complete: false, reason: 'referral' });
    const { message: text = '' } = end as { message?: string };
    expect(text.length).toBeLessThan(900);
    expect(text).not.toMatch(/\p{Cc}/u);
  });

  it('result 10 is an incomplete sweep that says where the rest is', async () => {
    const { end } = await sweepOf((id, socket) => {
      socket.write(resultMessage(id, 0x65, 10, '', tlv(0xa3, octets('ldap://dc2.example.org/'))));
    });
    expect(end).toMatchObject({
      complete: false,
      reason: 'referral',
      message: expect.stringContaining('ldap://dc2.example.org/'),
    });
  });

  it.each([
    [3, 'time-limit'],
    [4, 'size-limit'],
    [11, 'admin-limit'],
  ])('result %i keeps the entries and is incomplete: %s', async (code, reason) => {
    for (const pageSize of [0, 10]) {
      const { entries, end } = await sweepOf(
        (id, socket) =>
          socket.write(
            Buffer.concat([entryMessage(id, 'dc=x'), doneMessage(id, code, pageSize > 0 ? '' : undefined)]),
          ),
        queryOf({ pageSize }),
      );
      expect(entries).toHaveLength(1);
      expect(end).toMatchObject({ complete: false, reason });
    }
  });

  it.each([
    [1, /OperationsError|Operations/],
    [32, /no entry "dc=example,dc=org"/],
    [34, /InvalidDnSyntax/i],
    [50, /InsufficientAccessRights/i],
    [51, /busy/i],
    [53, /UnwillingToPerform/i],
    [80, /Other/i],
    [123, /123/],
    [4_096, /4096/],
  ])('result %i fails the search, and is named', async (code, name) => {
    const { error } = await sweepOf((id, socket) => socket.write(resultMessage(id, 0x65, code, 'because')));
    expect(error).toMatchObject({
      code: 'directory-search',
      message: expect.stringMatching(name),
      remedy: expect.stringMatching(/\w/),
    });
    expect((error as Error).message).toContain('the server says: because');
  });
});
