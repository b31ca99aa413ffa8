import type { z } from 'zod';
import { toKeptValue, type ChangeRow, type FieldChange } from '../models/change-row.js';
import type { KnownAccount } from '../models/known-account.js';
import type { IdentifiedRow } from '../lib/sync/history/read-account.js';
import type { RunExcerpt, RunSummary } from '../models/run-report.js';
import type { Sent } from './handler.js';
import type { change } from './schemas/change.js';
import type { run as runSchema, runWithRows } from './schemas/run.js';

const MAX_TEXT = 1_000;
/** Characters of a value as JSON. */
const MAX_VALUE = 20_000;

/** A report without its lists: `attentionCount` and `problemCount` say how long they are. */
export function toSummaryBody(run: RunSummary): Sent<z.output<typeof runSchema>> {
  const { _id, kind, state, asked, requestedBy, startedAt, held, server } = run;
  const { counts, attentionCount, problemCount } = run;
  return {
    _id,
    kind,
    state,
    ...(asked === undefined ? {} : { asked: cutTexts({ [asked.by]: asked.text }) }),
    requestedBy: cutTexts(requestedBy),
    startedAt,
    ...(held ? { held: cutTexts(held) } : {}),
    ...(server ? { server: cutTexts(server) } : {}),
    ...toPresent(run),
    counts,
    attentionCount,
    problemCount,
  };
}

/** What a report may have, and is given as it is stored. */
const AS_STORED = [
  'of',
  'unsaved',
  'settingsChange',
  'plan',
  'finishedAt',
  'decision',
  'partlyDecided',
  'waitingFor',
  'host',
  'phase',
  'revertedBy',
  'defaultChannels',
  'joined',
  'roomsJoined',
  'mailed',
  'signedOut',
  'idle',
] as const satisfies readonly (keyof RunSummary)[];

function toPresent(run: RunSummary): Partial<Pick<RunSummary, (typeof AS_STORED)[number]>> {
  // An older version may have stored null.
  return Object.fromEntries(AS_STORED.flatMap((name) => (run[name] == null ? [] : [[name, run[name]]])));
}

/** A report with a part of its lists. */
export function toExcerptBody(run: RunExcerpt): Sent<z.output<typeof runWithRows>> {
  const { problems, attention } = run;
  return {
    ...toSummaryBody(run),
    problems: problems.map(cutTexts),
    attention: attention.map(cutTexts),
  };
}

/**
 * A row of a preview says what would be done; the id of a user who would be created is left out, as it means
 * nothing.
 */
export function toChangeBody(
  row: ChangeRow & Partial<Pick<IdentifiedRow, 'id' | 'decided' | 'needsDecision' | 'disabledBy' | 'pair'>>,
  isPreview: boolean,
  account?: KnownAccount,
): Sent<z.output<typeof change>> {
  const { id, kind, outcome, state, userId, username, name, dn, fields, reason } = row;
  const { decided, disabledBy, needsDecision, pair } = row;
  const shownUserId = isPreview && outcome === 'created' ? undefined : userId;
  return cutTexts({
    id,
    kind,
    outcome,
    state: isPreview && state === 'done' ? 'planned' : state,
    userId: shownUserId,
    username,
    name,
    dn,
    fields: fields.map(toFieldBody),
    reason,
    needsDecision,
    disabledBy,
    pair,
    decided,
    account,
  });
}

function toFieldBody({ field, from, to }: FieldChange): FieldChange {
  return {
    field,
    ...(from === undefined ? {} : { from: toShownValue(from) }),
    ...(to === undefined ? {} : { to: toShownValue(to) }),
  };
}

/** A value that is to be given back is kept whole, however large; it is shown in part. */
function toShownValue(value: unknown): unknown {
  if (isSmall(value)) return value;
  const kept = toKeptValue(value);
  return isSmall(kept) ? kept : `${JSON.stringify(kept).slice(0, MAX_TEXT)}…`;
}

function isSmall(value: unknown): boolean {
  return JSON.stringify(value).length <= MAX_VALUE;
}

/** The same with texts that are shown in part when they are long. */
export function cutTexts<T extends object>(row: T): T {
  const entries = Object.entries(row).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value,
  ]);
  return Object.fromEntries(entries) as T;
}
