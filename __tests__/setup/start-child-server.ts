import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildServer } from '../../dev/child-server.js';
import { findFreePort } from '../../dev/free-port.js';

// A process that starts a server with a folder, says so, and stays until it is killed.
const folder = mkdtempSync(join(tmpdir(), 'chat-ldap-sync-test-'));
const port = await findFreePort();
const program = `require('node:net').createServer().listen(${port}, '127.0.0.1')`;
const { pid } = await startChildServer({ command: process.execPath, args: ['-e', program], port, folder });
process.stdout.write(`${JSON.stringify({ pid, folder })}\n`);
setInterval(() => undefined, 60_000);
