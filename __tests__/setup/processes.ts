import { readdirSync, readFileSync } from 'node:fs';

/** Whether there is such a process; one that has ended and was not asked for by its parent is none. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Resolves when the process is gone. */
export async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Resolves when the process is stopped (SIGSTOP) or gone. */
export async function untilStopped(pid: number): Promise<void> {
  const isGoing = (): boolean => isAlive(pid) && !/^State:\s+T/m.test(readStatus(pid));
  while (isGoing()) await new Promise((resolve) => setTimeout(resolve, 10));
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

/** The living processes that this one has started, of a program whose path ends so. */
export function childrenRunning(program: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isAlive(pid))
    .filter((pid) => {
      try {
        const isOurs = new RegExp(`^PPid:\\s+${process.pid}$`, 'm').test(
          readFileSync(`/proc/${pid}/status`, 'utf8'),
        );
        return isOurs && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${program}\0`);
      } catch {
        return false;
      }
    });
}
