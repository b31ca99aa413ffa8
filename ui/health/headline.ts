import type { Run, RunReport } from '../api/answers.js';
import type { Status } from '../api/further-answers.js';
import { toHeldCount } from '../runs/held-count.js';
import { isRejectedStill } from '../held/rejected.js';
import type { Tone } from '../shown/icon.js';
import type { Words } from '../words/words.js';

export interface Headline {
  readonly tone: Tone;
  readonly title: string;
  readonly detail?: string;
  /** Where the detail is the server's own English. */
  readonly detailLang?: string;
  readonly remedy?: string;
  /** The list to decide about. */
  readonly held?: string;
  /** The sync whose list was rejected: the next one would list the people again. */
  readonly rejected?: Run;
  /** The report that says more. */
  readonly report?: string;
  /** Nothing was ever set up: the steps are shown. */
  readonly isFirst?: true;
}

interface Known {
  readonly status: Status;
  /** The newest sync that has ended. */
  readonly sync: Run | undefined;
  readonly report: RunReport | undefined;
}

/** How the directory and the chat stand to each other, in a sentence. What is worst comes first. */
export function toHeadline({ status, sync, report }: Known, words: Words): Headline {
  const { settings, held, running } = status;
  if (!settings.enabled) return toOff(status, words);
  if (held && sync?.held?.approvable !== false) return toHeld(held, sync, words);
  if (running) {
    const title = words.t('health.running', {
      kind: words.name('kind', running.kind),
      count: running.counts.read,
    });
    return { tone: 'going', title, report: running.runId };
  }
  return sync ? toLast({ status, sync, report }, words) : toFirst(words);
}

function toOff({ lastRun }: Status, { t }: Words): Headline {
  const first = lastRun ? {} : { isFirst: true as const };
  return { tone: 'off', title: t('health.off'), detail: t('health.off.detail'), ...first };
}

function toHeld(held: NonNullable<Status['held']>, sync: Run | undefined, words: Words): Headline {
  const told = sync?.held && sync._id === held.runId ? words.told(sync.held) : undefined;
  return {
    tone: 'waiting',
    title: words.t('health.held', { count: toHeldCount(held) }),
    detail: told?.reason ?? held.reason,
    detailLang: told?.lang ?? 'en',
    held: held.runId,
  };
}

function toFirst({ t }: Words): Headline {
  return { tone: 'off', title: t('health.first'), detail: t('health.first.detail'), isFirst: true };
}

function toLast({ status, sync, report }: Known & { readonly sync: Run }, words: Words): Headline {
  const { t } = words;
  const since = status.lastSuccess
    ? ` ${t('health.failedSince', { age: words.age(status.lastSuccess.finishedAt) })}`
    : '';
  const [problem] = report?._id === sync._id ? report.problems : [];
  const why = problem
    ? { detail: problem.message, detailLang: 'en', remedy: problem.remedy, report: sync._id }
    : { report: sync._id };
  switch (sync.state) {
    case 'completed':
      return toGood(sync, words);
    case 'held':
      if (isRejectedStill(sync, status)) return toRejected(sync, words);
      return sync.held?.approvable === false
        ? { tone: 'warn', title: t('health.heldUnread'), ...why }
        : toGood(sync, words);
    case 'cancelled':
      return { tone: 'off', title: `${t('health.cancelled')}${since}`, report: sync._id };
    case 'interrupted':
      return { tone: 'warn', title: `${t('health.interrupted')}${since}`, ...why };
    default:
      return { tone: 'bad', title: `${t('health.failed')}${since}`, ...why };
  }
}

function toRejected(sync: Run, { t }: Words): Headline {
  return { tone: 'warn', title: t('health.rejected'), rejected: sync, report: sync._id };
}

function toGood({ _id, counts, startedAt, finishedAt = startedAt }: Run, words: Words): Headline {
  const { t, number } = words;
  const changed = toChanged(counts);
  const others = counts.conflicted + counts.rejected + counts.failed;
  const time = words.shortTime(finishedAt);
  return {
    tone: others === 0 ? 'good' : 'warn',
    title: others === 0 ? t('health.inStep', { time }) : t('health.inStep.except', { time, count: others }),
    detail:
      changed === 0
        ? t('health.inStep.nothing', { count: counts.read })
        : t('health.inStep.changed', { read: number(counts.read), changed: number(changed) }),
    report: _id,
  };
}

/** People to whom a run did something. */
export function toChanged(counts: Run['counts']): number {
  return counts.created + counts.updated + counts.linked + counts.deactivated + counts.reactivated;
}
