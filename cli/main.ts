#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { runCommandLine } from './run-command-line.js';
import { EXIT_CODES } from './exit-codes.js';

/** From the sources and from `dist`, the manifest is above. */
function readVersion(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      return (JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as { version: string })
        .version;
    } catch {
      // It is at the other place.
    }
  }
  return 'unknown';
}

const interrupting = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second signal does not wait for anything.
    if (interrupting.signal.aborted) process.exit(EXIT_CODES.interrupted.code);
    interrupting.abort(new Error('interrupted'));
  });
}

const code = await runCommandLine(process.argv.slice(2), {
  version: readVersion(),
  interrupted: interrupting.signal,
  streams: { ...pickStreams(), environment: process.env },
});
// What a library left open must not keep a command that has done its work.
process.stdout.write('', () => process.exit(code));

function pickStreams() {
  const { stdin, stdout, stderr } = process;
  return { stdin, stdout, stderr };
}
