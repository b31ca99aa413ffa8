import {
  REMOVAL_COUNTS,
  REMOVAL_KINDS,
  type RemovalCounts,
  type RemovalKind,
} from '../../models/removal-kind.js';
import type { Outcome, RunCounts, RunKind, RunState } from '../../models/run-report.js';
import { lookUp } from '../look-up.js';
import type { Style } from '../terminal/style.js';

const STATE_STYLES: Readonly<Record<RunState, Style>> = {
  queued: 'dim',
  running: 'cyan',
  completed: 'green',
  held: 'yellow',
  failed: 'red',
  cancelled: 'yellow',
  interrupted: 'red',
};

const OUTCOME_STYLES: Readonly<Record<Outcome, Style>> = {
  created: 'green',
  linked: 'green',
  reactivated: 'green',
  updated: 'cyan',
  unchanged: 'dim',
  deactivated: 'yellow',
  rejected: 'red',
  conflicted: 'red',
  failed: 'red',
};

const KIND_WORDS: Readonly<Record<RunKind, string>> = {
  sync: 'sync',
  preview: 'preview',
  trial: 'preview of unsaved settings',
  application: 'application of a preview',
  approval: 'approval',
  revert: 'revert',
  'person-sync': 'sync of one person',
  'auto-logout': 'auto-logout',
};

/** A newer server may have kinds that this version does not know. */
export function toKindWord(kind: string): string {
  return lookUp(KIND_WORDS, kind) ?? kind;
}

/** What the run was, and of the sync of one person, of whom: `sync of one person (ada)`. */
export function toKindText({ kind, asked = {} }: { readonly kind: string; readonly asked?: object }): string {
  const who = Object.values(asked).filter((text) => typeof text === 'string');
  return [toKindWord(kind), ...who.map((text) => `(${text})`)].join(' ');
}

export function toStateStyle(state: string): Style {
  return lookUp(STATE_STYLES, state) ?? 'red';
}

export function toOutcomeStyle(outcome: string): Style {
  return lookUp(OUTCOME_STYLES, outcome) ?? 'red';
}

/** `43 read, 37 created, 6 conflicted` */
export function toCountsText(counts: RunCounts): string {
  const parts = Object.entries(counts).filter(([name, count]) => count > 0 || name === 'read');
  return parts.map(([name, count]) => `${count} ${name}`).join(', ');
}

const REMOVAL_WORDS: Readonly<Record<RemovalKind, readonly [one: string, many: string]>> = {
  deactivate: ['deactivation', 'deactivations'],
  rename: ['renaming', 'renamings'],
  clear: ['cleared value', 'cleared values'],
  photo: ['photo', 'photos'],
  membership: ['membership', 'memberships'],
  reactivate: ['reactivation', 'reactivations'],
  release: ['freed name', 'freed names'],
  merge: ['merge', 'merges'],
  relink: ['new link', 'new links'],
};

/** `2 deactivations, 1 photo` */
export function toRemovalsText(held: Partial<RemovalCounts>): string {
  const parts = REMOVAL_KINDS.flatMap((kind) => {
    const count = held[REMOVAL_COUNTS[kind]] ?? 0;
    return count > 0 ? [`${count} ${REMOVAL_WORDS[kind][count === 1 ? 0 : 1]}`] : [];
  });
  return parts.join(', ') || 'removals';
}

/** `0.4 s`, `3 min 12 s`, `1 h 2 min` */
export function toDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const AGES: readonly (readonly [unit: string, seconds: number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
];

/** `3 min ago`, `in 2 h` */
export function toAge(at: string, now = Date.now()): string {
  const seconds = Math.round((now - Date.parse(at)) / 1_000);
  const unit = AGES.find(([, size]) => Math.abs(seconds) >= size);
  if (!unit) return Math.abs(seconds) < 5 ? 'now' : toWhen(`${Math.abs(seconds)} s`, seconds);
  return toWhen(`${Math.floor(Math.abs(seconds) / unit[1])} ${unit[0]}`, seconds);
}

function toWhen(length: string, seconds: number): string {
  return seconds < 0 ? `in ${length}` : `${length} ago`;
}
