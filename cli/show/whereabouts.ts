import { isUnderWay, type RunPhase } from '../../models/run-report.js';
import { lookUp } from '../look-up.js';
import type { RunSummary } from '../session/client-port.js';
import { toPrintable } from '../terminal/printable.js';

const PHASE_WORDS: Readonly<Record<RunPhase, string>> = {
  settings: 'reading the settings',
  database: 'preparing the database',
  connect: 'connecting to the directory',
  groups: 'reading groups',
  sweep: 'reading people and writing what adds or corrects',
  guard: 'deciding about removals',
  removals: 'removing',
  'follow-up': 'following up names, rooms, photos and mails',
  'look-up': 'asking who is disabled',
  'sign-out': 'signing people out',
};

type Placed = Pick<RunSummary, 'host' | 'phase'>;

/** `, reading groups, on chat-1`: what a run is at, and where. Older servers say neither. */
export function toWhereabouts({ phase, host }: Placed): string {
  const parts = [phase && toPhaseWord(phase), host && `on ${toPrintable(host)}`];
  return parts.map((part) => (part ? `, ${part}` : '')).join('');
}

/** What a run is at, or was at when it ended before its end. */
export function toPhaseLines({ phase, state }: Placed & Pick<RunSummary, 'state'>): readonly string[] {
  if (phase === undefined) return [];
  return [`  ${isUnderWay(state) ? 'now' : 'last seen'} ${toPhaseWord(phase)}`];
}

/** A newer server may have phases that this version does not know. */
export function toPhaseWord(phase: string): string {
  return lookUp(PHASE_WORDS, phase) ?? toPrintable(phase);
}
