import { spawn, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';

/** A server process of ours, on loopback. */
export interface ChildServer {
  readonly pid: number;
  /** Ends it and waits until it is gone. Idempotent. */
  stop(): Promise<void>;
}

export interface ChildServerOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly port: number;
  /** Where it listens. @default 127.0.0.1 */
  readonly host?: string;
  readonly startTimeoutMs?: number;
  readonly env?: NodeJS.ProcessEnv;
  /**
   * Its temporary folder. The caller removes it after `stop()`; without a `stop()` it goes with the server.
   */
  readonly folder?: string;
  /** @default SIGTERM */
  readonly stopSignal?: NodeJS.Signals;
}

/** Ends the server when this process is gone, however it went; a killed process cannot do that itself. */
const GUARD = `
while kill -0 "$1" 2>/dev/null; do sleep 1; done
kill "$2" 2>/dev/null; sleep 3; kill -9 "$2" 2>/dev/null
[ -z "$3" ] || rm -rf "$3"`;

/** Starts a server and waits until it accepts connections on its port. */
export async function startChildServer(options: ChildServerOptions): Promise<ChildServer> {
  const { command, args, port, host = '127.0.0.1', startTimeoutMs = 120_000 } = options;
  // Detached: Ctrl-C in a terminal goes to the whole group, and the user of the server has to end first.
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: options.env ?? process.env,
    detached: true,
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`${command} ended with code ${String(code)}: ${output.trim()}`)),
    );
  });
  failed.catch(() => undefined);
  // From the beginning: this process may be gone before the server listens.
  const endGuard = startGuard(child, options.folder);
  const stopChild = createStop(child, options.stopSignal ?? 'SIGTERM');
  const stop = async (): Promise<void> => {
    await stopChild();
    endGuard();
  };
  const waiting = new AbortController();
  try {
    await Promise.race([
      failed,
      waitForPort({ host, port, timeoutMs: startTimeoutMs, command }, waiting.signal),
    ]);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    waiting.abort();
  }
  // The pipe would keep this process alive; its reading end stays open until then.
  (child.stderr as Readable & { unref?: () => void }).unref?.();
  child.unref();
  return { pid: child.pid ?? 0, stop };
}

function createStop(child: ChildProcess, signal: NodeJS.Signals): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () =>
    (stopping ??= new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve();
      const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
      child.once('exit', () => {
        clearTimeout(force);
        resolve();
      });
      child.kill(signal);
    }));
}

/** The guard, as a function that ends it. A server that could not be started needs none. */
function startGuard({ pid }: ChildProcess, folder = ''): () => void {
  if (pid === undefined) return () => undefined;
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', String(process.pid), String(pid), folder], {
    stdio: 'ignore',
    detached: true,
  });
  guard.unref();
  return () => {
    if (guard.pid !== undefined) killQuietly(guard.pid);
  };
}

async function waitForPort(
  { host, port, timeoutMs, command }: { host: string; port: number; timeoutMs: number; command: string },
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await accepts(host, port)) && !signal.aborted) {
    if (Date.now() > deadline)
      throw new Error(`${command} did not listen on port ${port} within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid);
  } catch {
    // It has ended by itself.
  }
}
