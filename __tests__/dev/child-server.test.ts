import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChildServer } from '../../dev/child-server.js';
import { findFreePort } from '../../dev/free-port.js';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('a development server', () => {
  it('ends when it is stopped, and stopping twice is fine', async () => {
    const port = await findFreePort();
    const server = await startChildServer({
      command: process.execPath,
      args: ['-e', `require('node:net').createServer().listen(${port}, '127.0.0.1')`],
      port,
    });
    expect(isAlive(server.pid)).toBe(true);
    await server.stop();
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  it.each([
    ['has started it', 'listening', (output: string) => output.includes('listens')],
    ['is still waiting for it', 'silent', () => true],
  ])('ends, and leaves no folder, when whoever %s is killed', async (_, kind, hasComeSoFar) => {
    const program = join(__dirname, '../setup/start-child-server.ts');
    const parent = spawn(process.execPath, ['--import', 'tsx', program, kind], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    parent.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until(() => output.includes('\n') && hasComeSoFar(output));
    const { folder } = JSON.parse(output.split('\n')[0]!) as { folder: string };
    const readPid = (): number => {
      const file = join(folder, 'pid');
      return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    };
    await until(() => readPid() > 0);
    const pid = readPid();
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid) && !existsSync(folder));
  });

  it('that ends at once is an error with what it wrote', async () => {
    const start = startChildServer({
      command: process.execPath,
      args: ['-e', 'console.error("no such option"); process.exit(3)'],
      port: await findFreePort(),
    });
    await expect(start).rejects.toThrow(/ended with code 3: no such option/);
  });
});
