import type { ChatClient, RunInfo } from './chat-client.js';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 1_000;

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Asks again and again until the run has ended; shows how far it is: one living line on a terminal, else a
 * line each time.
 */
export async function followRun(client: ChatClient, location: string, output: Output): Promise<RunInfo> {
  let shown = '';
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 1.3)) {
    const run = await client.readRun(location);
    const line = `  ${run.state} · ${toProgress(run)}`;
    if (line !== shown) output.write(output.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
    shown = line;
    if (run.state !== 'queued' && run.state !== 'running') {
      if (output.isTTY) output.write('\n');
      return run;
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

/** `43 read · 37 created · 6 conflicted` */
export function toProgress({ counts }: Pick<RunInfo, 'counts'>): string {
  const parts = Object.entries(counts).filter(([name, count]) => count > 0 || name === 'read');
  return parts.map(([name, count]) => `${count} ${name}`).join(' · ');
}
