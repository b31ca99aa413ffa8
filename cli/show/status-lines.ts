import { toPrintable, toWidth } from '../terminal/printable.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Status } from '../session/client-port.js';
import { toStateStyle, toAge, toCountsText, toKindWord, toRemovalsText } from './run-words.js';
import { toWhereabouts } from './whereabouts.js';

type Paint = Terminal['paint'];
type Fact = readonly [name: string, text: string];

/** The state of the sync in a few lines, and after them what is to be mended. */
export function toStatusLines(status: Status, { paint }: Pick<Terminal, 'paint'>): readonly string[] {
  const facts = [
    ['sync', status.settings.enabled ? paint('green', 'on') : paint('yellow', 'off (LDAP_Enable)')] as const,
    ...toRunFacts(status, paint),
    ...toPlanFacts(status, paint),
    ...toCertificateFacts(status, paint),
  ];
  const width = Math.max(...facts.map(([name]) => toWidth(name)));
  return [
    ...facts.map(([name, text]) => `${paint('dim', name.padEnd(width))}  ${text}`),
    ...toProblems(status, paint),
  ];
}

function toRunFacts({ running, queued, lastRun, lastSuccess }: Status, paint: Paint): readonly Fact[] {
  return [
    ...(running
      ? [
          [
            'now',
            `${toKindWord(running.kind)} ${running.runId}${toWhereabouts(running)}: ${toCountsText(running.counts)}`,
          ] as const,
        ]
      : []),
    ...(queued ? [['queued', `sync ${queued.runId}, ${toAge(queued.queuedAt)}`] as const] : []),
    [
      'last run',
      lastRun
        ? `${toKindWord(lastRun.kind)} ${paint(toStateStyle(lastRun.state), lastRun.state)} ` +
          `${toAge(lastRun.finishedAt ?? lastRun.startedAt)}: ${toCountsText(lastRun.counts)}  ` +
          paint('dim', lastRun._id)
        : 'none yet',
    ],
    [
      'last good sync',
      lastSuccess
        ? `${toAge(lastSuccess.finishedAt)}  ${paint('dim', lastSuccess.runId)}`
        : paint('yellow', 'none yet'),
    ],
  ];
}

function toCertificateFacts({ directory: { certificate } }: Status, paint: Paint): readonly Fact[] {
  if (!certificate) return [];
  const { daysLeft, validTo, subject, host } = certificate;
  const until = validTo.slice(0, 10);
  const text = daysLeft < 0 ? `ended on ${until}` : `valid for ${daysLeft} days (until ${until})`;
  const shown = paint('dim', `  ${toPrintable(subject)}, shown by ${toPrintable(host)}`);
  return [['certificate', `${text}${shown}`]];
}

function toPlanFacts({ held, nextRunAt, schedule, autoLogout }: Status, paint: Paint): readonly Fact[] {
  const jobs = schedule.jobs.map(({ job, pattern }) => `${job} ${pattern}`).join(', ');
  return [
    ['held', held ? paint('yellow', `${toRemovalsText(held)} (chat-ldap-sync held)`) : 'nothing'],
    [
      'next run',
      nextRunAt === null
        ? jobs === ''
          ? 'not planned'
          : `not by this process${paint('dim', `; the settings say ${jobs}`)}`
        : `${toAge(nextRunAt)}${paint('dim', jobs === '' ? '' : `  ${jobs}`)}`,
    ],
    ...(autoLogout.enabled ? [['auto-logout', 'on'] as const] : []),
  ];
}

interface Told {
  readonly message: string;
  readonly remedy: string;
}

function toProblems(
  { settings, directory, database, schedule, accounts }: Status,
  paint: Paint,
): readonly string[] {
  const problems: readonly Told[] = [
    ...database.problems,
    ...settings.problems,
    ...directory.problems,
    ...schedule.problems,
    ...accounts.map(({ username, reason, remedy }) => ({
      message: `${username ?? 'Somebody without a user name'}: ${reason}`,
      remedy,
    })),
  ];
  const without = settings.withoutEffect.length;
  return [
    ...problems.flatMap(({ message, remedy }) => [
      `${paint('yellow', '!')} ${toPrintable(message)}`,
      `  → ${toPrintable(remedy)}`,
    ]),
    ...(without > 0
      ? [paint('dim', `${without} stored settings have no effect here: chat-ldap-sync status --json`)]
      : []),
  ];
}
