import type { Socket } from 'node:net';
import { openLdapDirectory } from '../../../lib/directory/ldap/ldap-directory.js';
import { doneMessage, entryMessage, type Request } from '../ldap-messages.js';
import { BIND, createLyingServers } from '../lying-servers.js';
import { addressOf, failureOf, queryOf, readAll } from '../sweeps.js';

const { serve } = createLyingServers();
const open = async (answer: (request: Request, socket: Socket) => void, changes = {}) =>
  openLdapDirectory(addressOf({ port: (await serve(answer)).port, bind: BIND, ...changes }));

describe('what a server says about itself', () => {
  it.each([
    [BIND.password, BIND.password],
    ['12345678901234', '12345678901234'],
    ['reversed-secret-words', Array.from('reversed-secret-words').reverse().join('')],
  ])('never gives the password away: %s', async (password, told) => {
    const directory = await open(
      ({ id }, socket) => {
        socket.write(
          entryMessage(id, '', [
            ['vendorName', `It is ${told}`],
            ['vendorVersion', told],
          ]),
        );
        socket.write(doneMessage(id));
      },
      { bind: { ...BIND, password } },
    );
    const server = await directory.describeServer();
    expect(JSON.stringify(server)).not.toContain(told.slice(0, 8));
    directory.close();
  });

  it.each([1, 32, 50, 53])('may be refused (%i): it is unknown then, and the sweep goes on', async (code) => {
    let searches = 0;
    const directory = await open(({ id }, socket) => {
      searches += 1;
      socket.write(searches === 1 ? doneMessage(id, code) : doneMessage(id));
    });
    expect(await directory.describeServer()).toMatchObject({ kind: 'unknown' });
    expect((await readAll(directory, queryOf())).end).toEqual({ complete: true });
    directory.close();
  });

  it('has an end: a server that floods the question is lost', async () => {
    const directory = await open(({ id }, socket) => {
      for (let index = 0; index < 1_100; index += 1) socket.write(entryMessage(id, `cn=${index}`));
    });
    expect(await failureOf(directory.describeServer())).toMatchObject({ code: 'directory-search' });
    directory.close();
  });

  it('is waited for no longer than its signal', async () => {
    const controller = new AbortController();
    const directory = await open(() => controller.abort());
    expect(await failureOf(directory.describeServer(controller.signal))).toMatchObject({
      code: 'run-stopped',
    });
  });

  it('is not asked during a sweep', async () => {
    const directory = await open(({ id }, socket) => socket.write(entryMessage(id, 'cn=one')));
    const sweeping = directory.sweep(queryOf()).next();
    expect((await failureOf(directory.describeServer())).message).toContain('one sweep after the other');
    directory.close();
    await failureOf(sweeping);
  });
});
