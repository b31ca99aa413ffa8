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
  const { _id, kind, state, of, asked, unsaved, settingsChange, plan, requestedBy, startedAt, finishedAt } =
    run;
  const { held, decision, partlyDecided, revertedBy, waitingFor, host, phase, server, idle } = run;
  const { counts, attentionCount, problemCount } = run;
  return {
    _id,
    kind,
    state,
    ...(of === undefined ? {} : { of }),
    ...(asked === undefined ? {} : { asked: cutTexts({ [asked.by]: asked.text }) }),
    ...(unsaved === undefined ? {} : { unsaved }),
    ...(settingsChange === undefined ? {} : { settingsChange }),
    ...(plan === undefined ? {} : { plan }),
    requestedBy: cutTexts(requestedBy),
    startedAt,
    ...(finishedAt ? { finishedAt } : {}),
    ...(held ? { held: cutTexts(held) } : {}),
    ...(decision ? { decision } : {}),
    ...(partlyDecided ? { partlyDecided } : {}),
    ...(waitingFor ? { waitingFor } : {}),
    ...(host === undefined ? {} : { host }),
    ...(phase === undefined ? {} : { phase }),
    ...(server ? { server: cutTexts(server) } : {}),
    ...(revertedBy === undefined ? {} : { revertedBy }),
    counts,
    ...toFurtherCounts(run),
    ...(idle === undefined ? {} : { idle }),
    attentionCount,
    problemCount,
  };
}

const FURTHER = ['defaultChannels', 'joined', 'roomsJoined', 'mailed', 'signedOut'] as const;

/** What is counted beside people, where there is any of it. */
function toFurtherCounts(run: RunSummary): Partial<Pick<RunSummary, (typeof FURTHER)[number]>> {
  return Object.fromEntries(FURTHER.flatMap((name) => (run[name] === undefined ? [] : [[name, run[name]]])));
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
