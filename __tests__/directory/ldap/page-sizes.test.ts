import { doneMessage, entryMessage, type Request } from '../ldap-messages.js';
import { createLyingServers } from '../lying-servers.js';
import { addressOf, queryOf, readAll, sweepOnce } from '../sweeps.js';
import { openLdapDirectory } from '../../../lib/directory/ldap/ldap-directory.js';

const { serve } = createLyingServers();
const PAGED = Buffer.from('1.2.840.113556.1.4.319');

/** The size of the page that a request asks for; 0 for a request without pages. */
function toPageSize({ bytes }: Request): number {
  const at = bytes.indexOf(PAGED);
  if (at === -1) return 0;
  // Behind the OID: criticality, then an octet string with a sequence with the size in front.
  const sizeAt = at + PAGED.length + 3 + 2 + 2;
  return bytes.readUIntBE(sizeAt + 2, bytes[sizeAt + 1] ?? 1);
}

describe.each([4, 11])('result %i before the first entry', (code) => {
  const startLimited = (largest: number) =>
    serve((request, socket) => {
      const size = toPageSize(request);
      if (size === 0 ? largest > 0 : size > largest) return void socket.write(doneMessage(request.id, code));
      socket.write(entryMessage(request.id, 'cn=one'));
      socket.write(doneMessage(request.id, 0, size === 0 ? undefined : ''));
    });

  it.each([
    [250, 250, [250]],
    [249, 250, [250, 125]],
    [20, 250, [250, 125, 62, 31, 15]],
    [1, 5, [5, 2, 1]],
  ])('asks for smaller pages until one of at most %i is granted (%i)', async (largest, pageSize, asked) => {
    const { port, requests } = await startLimited(largest);
    const { entries, end } = await sweepOnce(addressOf({ port }), queryOf({ pageSize }));
    expect(entries).toHaveLength(1);
    expect(requests.filter(({ tag }) => tag === 0x63).map(toPageSize)).toEqual(asked);
    const accepted = asked.at(-1) ?? 0;
    expect(end).toEqual(
      accepted === pageSize
        ? { complete: true }
        : {
            complete: true,
            notice: expect.objectContaining({
              setting: 'LDAP_Search_Page_Size',
              remedy: expect.stringContaining(`to ${accepted}`),
            }),
          },
    );
  });

  it('asks without pages in the end, which proves nothing, and names the setting', async () => {
    const { port } = await startLimited(0);
    const { entries, end } = await sweepOnce(addressOf({ port }), queryOf({ pageSize: 4 }));
    expect(entries).toHaveLength(1);
    expect(end).toMatchObject({
      complete: false,
      reason: 'paging-unsupported',
      remedy: expect.stringContaining('LDAP_Search_Page_Size'),
    });
  });

  it('to every request ends the sweep, and says which setting', async () => {
    const { port, requests } = await serve(({ id }, socket) => socket.write(doneMessage(id, code)));
    const { end } = await sweepOnce(addressOf({ port }), queryOf({ pageSize: 4, sizeLimit: 3 }));
    expect(end).toMatchObject({
      complete: false,
      reason: code === 4 ? 'size-limit' : 'admin-limit',
      remedy: expect.stringContaining('LDAP_Search_Page_Size'),
    });
    // Three, the same without a limit, one, and everything at once.
    expect(requests).toHaveLength(4);
  });

  it('is remembered: the next search begins with the page that was granted', async () => {
    const { port, requests } = await startLimited(3);
    const directory = await openLdapDirectory(addressOf({ port }));
    await readAll(directory, queryOf({ pageSize: 8 }));
    await readAll(directory, queryOf({ pageSize: 8 }));
    expect(requests.filter(({ tag }) => tag === 0x63).map(toPageSize)).toEqual([8, 4, 2, 2]);
    directory.close();
  });

  it('after an entry is a limit, and nothing is asked again', async () => {
    const { port, requests } = await serve(({ id }, socket) => {
      socket.write(entryMessage(id, 'cn=one'));
      socket.write(doneMessage(id, code));
    });
    const { entries, end } = await sweepOnce(addressOf({ port }), queryOf({ pageSize: 8 }));
    expect(entries).toHaveLength(1);
    expect(end).toMatchObject({ complete: false, reason: code === 4 ? 'size-limit' : 'admin-limit' });
    expect(requests.filter(({ tag }) => tag === 0x63)).toHaveLength(1);
  });
});

describe('a server that will not perform a search in pages', () => {
  const startUnwilling = (isAlways: boolean) =>
    serve((request, socket) => {
      if (isAlways || toPageSize(request) > 0) return void socket.write(doneMessage(request.id, 53));
      socket.write(entryMessage(request.id, 'cn=one'));
      socket.write(doneMessage(request.id));
    });

  it('is asked without them, which proves nothing, and the setting is named', async () => {
    const { port, requests } = await startUnwilling(false);
    const { entries, end } = await sweepOnce(addressOf({ port }), queryOf({ pageSize: 250 }));
    expect(entries).toHaveLength(1);
    expect(end).toMatchObject({
      reason: 'paging-unsupported',
      remedy: expect.stringContaining('Set LDAP_Search_Page_Size to 0'),
    });
    expect(requests.filter(({ tag }) => tag === 0x63).map(toPageSize)).toEqual([250, 0]);
  });

  it('and none without them either fails the search', async () => {
    const { port } = await startUnwilling(true);
    const { error } = await sweepOnce(addressOf({ port }), queryOf({ pageSize: 250 }));
    expect(error).toMatchObject({ code: 'directory-search', message: expect.stringContaining('Unwilling') });
  });
});

describe('a server that pages, and passes over size limits', () => {
  const startPaging = (people: number) =>
    serve((request, socket) => {
      const sent = Math.min(people, toPageSize(request) || people);
      for (let index = 0; index < sent; index += 1) socket.write(entryMessage(request.id, `cn=p${index}`));
      socket.write(doneMessage(request.id, 0, sent < people ? 'more' : ''));
    });

  it('is asked for one page of as many as are wanted', async () => {
    const { port, requests } = await startPaging(3_000);
    const { entries, end } = await sweepOnce(addressOf({ port }), queryOf({ pageSize: 250, sizeLimit: 3 }));
    expect(entries).toHaveLength(3);
    expect(end).toMatchObject({ complete: false, reason: 'size-limit' });
    expect(requests.filter(({ tag }) => tag === 0x63).map(toPageSize)).toEqual([3]);
  });

  it('has sent everybody when there are just as many', async () => {
    const { port } = await startPaging(3);
    const { entries, end } = await sweepOnce(addressOf({ port }), queryOf({ pageSize: 250, sizeLimit: 3 }));
    expect(entries).toHaveLength(3);
    expect(end).toEqual({ complete: true });
  });
});
