import { sumOfRemovals } from '../../models/removal-kind.js';
import { toPrintable } from '../terminal/printable.js';
import type { Terminal } from '../terminal/terminal.js';
import { toArgument, toWaitingCommand } from '../run/run-id.js';
import { lookUp } from '../look-up.js';
import type { Report } from '../session/client-port.js';
import {
  toCountsText,
  toDuration,
  toKindText,
  toOutcomeStyle,
  toRemovalsText,
  toStateStyle,
} from './run-words.js';
import { toPhaseLines } from './whereabouts.js';

/** People of the report that are shown with it; `run RUN` pages through the others. */
const MOST_PEOPLE = 10;
const MARKS = { completed: '✓', held: '!', queued: '·', running: '·' } as const;

/** How a run ended and what somebody has to do about it. */
export function toReportLines(run: Report, { paint }: Pick<Terminal, 'paint'>): readonly string[] {
  const { state, _id, host, startedAt, finishedAt, counts, problems } = run;
  const place = `run ${toPrintable(_id)}${host === undefined ? '' : ` on ${toPrintable(host)}`}`;
  const mark = lookUp<string>(MARKS, state) ?? '✗';
  const took =
    finishedAt === undefined ? '' : ` in ${toDuration(Date.parse(finishedAt) - Date.parse(startedAt))}`;
  const style = toStateStyle(state);
  return [
    `${paint(style, `${mark} ${toPrintable(toKindText(run))} ${state}`)}${took}  ${paint('dim', place)}`,
    `  ${toCountsText(counts)}`,
    ...toFurther(run),
    ...toPhaseLines(run),
    ...toPlanLines(run),
    ...problems.flatMap(({ message, remedy }) => [
      `${paint('red', '!')} ${toPrintable(message)}`,
      `  → ${toPrintable(remedy)}`,
    ]),
    ...toHeldLines(run, paint),
    ...toAttentionLines(run, paint),
  ];
}

const FURTHER = {
  joined: 'default channels joined',
  roomsJoined: 'memberships given by groups',
  mailed: 'people mailed',
  signedOut: 'people signed out',
} as const;

function toFurther(run: Report): readonly string[] {
  const parts = Object.entries(FURTHER).flatMap(([name, words]) => {
    const count = run[name as keyof typeof FURTHER] ?? 0;
    return count > 0 ? [`${count} ${words}`] : [];
  });
  return parts.length > 0 ? [`  ${parts.join(', ')}`] : [];
}

const UNDONE = { notDone: 'not done', notWanted: 'no longer wanted' } as const;

/** What has become of the removals of a preview. */
function toPlanLines({ plan }: Report): readonly string[] {
  if (!plan) return [];
  // A server of another version may not count all of them.
  const removals: Partial<typeof plan.removals> = plan.removals;
  const planned = sumOfRemovals(removals.planned ?? {});
  const missed = Object.entries(UNDONE).flatMap(([name, words]) => {
    const count = sumOfRemovals(removals[name as keyof typeof UNDONE] ?? {});
    return count > 0 ? [{ count, words }] : [];
  });
  if (planned === 0) return [];
  const done = missed.reduce((rest, { count }) => rest - count, planned);
  const parts = [`${done} done`, ...missed.map(({ count, words }) => `${count} ${words}`)];
  return [`  of ${planned} removals of the preview: ${parts.join(', ')}`];
}

function toHeldLines({ _id, kind, held, decision }: Report, paint: Terminal['paint']): readonly string[] {
  if (!held) return [];
  const lines = [
    `${paint('yellow', '!')} ${toRemovalsText(held)} ${decision ? decision.verdict : 'held'}: ` +
      toPrintable(held.reason),
    `  → ${toPrintable(held.remedy)}`,
  ];
  if (decision ?? !held.approvable) return lines;
  return [
    ...lines,
    paint('dim', `  look: ${toWaitingCommand(_id)}`),
    paint('dim', `  then: ${toNext(kind, toArgument(_id))}`),
  ];
}

/** The list of a preview is not decided about: it is done by a sync, or applied with its settings. */
function toNext(kind: Report['kind'], run: string): string {
  if (kind === 'preview') return 'chat-ldap-sync sync';
  if (kind === 'trial') return `chat-ldap-sync apply ${run}`;
  return `chat-ldap-sync approve ${run}  or  chat-ldap-sync reject ${run}`;
}

function toAttentionLines(run: Report, paint: Terminal['paint']): readonly string[] {
  const { attention, attentionCount, _id } = run;
  if (attentionCount === 0) return [];
  const rest = attentionCount - Math.min(attention.length, MOST_PEOPLE);
  return [
    '',
    paint('bold', attentionCount === 1 ? '1 person needs a look' : `${attentionCount} people need a look`),
    ...attention
      .slice(0, MOST_PEOPLE)
      .flatMap(({ outcome, username, name, dn, reason, remedy }) => [
        `  ${toPrintable([username, name].filter(Boolean).join(', ') || dn || 'somebody without a DN')}  ` +
          paint(toOutcomeStyle(outcome), outcome),
        `    ${toPrintable(reason)}`,
        paint('dim', `    → ${toPrintable(remedy)}`),
      ]),
    ...(rest > 0 ? [paint('dim', `  … and ${rest} more: chat-ldap-sync run ${toArgument(_id)} --json`)] : []),
  ];
}
