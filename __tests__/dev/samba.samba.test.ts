import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { startSamba } from '../../dev/samba.js';
import { describeWithSamba } from '../setup/samba.js';

const folders = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('chat-ldap-sync-samba-'));
const accepts = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

describeWithSamba('a Samba for tests', () => {
  it('leaves neither server nor folder behind', async () => {
    const before = folders();
    const samba = await startSamba({ ldif: '' });
    expect(await accepts(samba.host, samba.port)).toBe(true);
    const own = folders().filter((name) => !before.includes(name));
    await samba.stop();
    expect(await accepts(samba.host, samba.port)).toBe(false);
    expect(folders().filter((name) => own.includes(name)).length).toBeLessThan(own.length);
  });

  it('that cannot be filled says what is wrong with the entries', async () => {
    const nowhere = 'dn: CN=x,OU=nowhere,DC=lab,DC=example\nobjectClass: user\n';
    await expect(startSamba({ ldif: nowhere })).rejects.toThrow(/ldbadd failed: .*nowhere/s);
  });
});
