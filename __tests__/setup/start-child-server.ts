import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildServer } from '../../dev/child-server.js';
import { findFreePort } from '../../dev/free-port.js';

/**
 * A process that starts a server with a folder, which it prints, and stays until it is killed. The server
 * writes its process id into the folder. With the argument `silent` it never listens.
 */
const folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-test-'));
const port = await findFreePort();
const listen =
  process.argv[2] === 'silent'
    ? 'setInterval(() => undefined, 60_000)'
    : `require('node:net').createServer().listen(${port}, '127.0.0.1')`;
const file = JSON.stringify(join(folder, 'pid'));
const program = `require('node:fs').writeFileSync(${file}, String(process.pid)); ${listen}`;
process.stdout.write(`${JSON.stringify({ folder })}\n`);
await startChildServer({ command: process.execPath, args: ['-e', program], port, folder });
process.stdout.write('listens\n');
setInterval(() => undefined, 60_000);
