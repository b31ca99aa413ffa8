import type { DirectoryEntry } from '../../lib/directory/directory.js';
import { openLdapDirectory } from '../../lib/directory/ldap/ldap-directory.js';
import { present } from '../../lib/directory/filter/search-filter.js';
import type { SweepSummary } from './sweep-child-process.js';

// A host with a small heap that reads one directory, counts what is made of it, and says so on stdout.
const { SWEEP_PORT, SWEEP_ATTRIBUTES = '', SWEEP_SLICED = '', SWEEP_PAUSE = '' } = process.env;
const toList = (text: string): string[] => text.split(',').filter((name) => name !== '');
const summary: SweepSummary = {
  entries: 0,
  pieces: 0,
  values: 0,
  attributes: 0,
  largestPiece: 0,
  dropped: 0,
  turns: 0,
  outcome: '',
  peakBytes: 0,
};

const TURNS_BETWEEN_LOOKS = 20;

/** The system's own record of the peak begins with what the parent had. */
function lookAtMemory(): void {
  summary.peakBytes = Math.max(summary.peakBytes, process.memoryUsage.rss());
}

let isReading = true;
const countTurn = (): void => {
  summary.turns += 1;
  if (summary.turns % TURNS_BETWEEN_LOOKS === 1) lookAtMemory();
  if (isReading) setImmediate(countTurn);
};
const directory = await openLdapDirectory({
  host: '127.0.0.1',
  port: Number(SWEEP_PORT),
  encryption: 'plain',
  caCertificates: [],
  rejectUnauthorized: true,
  connectTimeoutMs: 60_000,
  operationTimeoutMs: 120_000,
});
const pages = directory.sweep({
  baseDN: 'dc=example,dc=org',
  scope: 'sub',
  filter: present('objectClass'),
  attributes: toList(SWEEP_ATTRIBUTES),
  sliced: toList(SWEEP_SLICED),
  pageSize: 0,
  sizeLimit: 0,
});
function count({ attributes, isPiece }: DirectoryEntry): void {
  summary[isPiece ? 'pieces' : 'entries'] += 1;
  for (const { values, droppedValues = 0 } of attributes.values()) {
    summary.attributes += 1;
    summary.values += values.length;
    summary.dropped += droppedValues;
    if (isPiece) summary.largestPiece = Math.max(summary.largestPiece, values.length);
  }
}

setImmediate(countTurn);
try {
  for (let next = await pages.next(); summary.outcome === ''; next = await pages.next()) {
    if (next.done) {
      summary.outcome = next.value.complete ? 'complete' : next.value.reason;
      break;
    }
    next.value.forEach(count);
    lookAtMemory();
    // A slow consumer: what waits for it is what costs memory.
    if (SWEEP_PAUSE !== '') await new Promise((resolve) => setTimeout(resolve, Number(SWEEP_PAUSE)));
  }
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  summary.outcome = `${code ?? ''} ${message}`;
}
isReading = false;
directory.close();
lookAtMemory();
process.stdout.write(JSON.stringify(summary));
