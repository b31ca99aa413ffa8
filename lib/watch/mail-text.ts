import { REMOVAL_COUNTS, REMOVAL_KINDS } from '../../models/removal-kind.js';
import { KINDS } from '../sync/removals/kinds/removal-kinds.js';
import type { HeldRemovals, RunProblem, RunReport } from '../../models/run-report.js';

/** Subject and text of a mail. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

const MAX_SUBJECT = 200;
const MAX_LINE = 1_000;
const MAX_PROBLEMS = 10;
const BREAKS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;

/** What the mail about a held run says. */
export function toHeldMail(site: string, report: RunReport, held: HeldRemovals): MailText {
  const removals = REMOVAL_KINDS.map(
    (kind) => `${held[REMOVAL_COUNTS[kind]]} ${KINDS[kind].called.many}`,
  ).join(', ');
  return {
    subject: toSubject(site, `LDAP sync held removals (${removals})`),
    text: toText([
      `The LDAP sync held its removals: ${removals}. Nothing was taken away.`,
      `Reason: ${toLine(held.reason)}`,
      `What to do: ${toLine(held.remedy)}`,
      ...toRunLines(report),
      held.approvable
        ? 'If these removals are meant, approve them: POST ldap.approveRun ' +
          `{"runId": ${JSON.stringify(report._id)}}`
        : 'They cannot be approved, because this run does not prove that anybody is gone. The next ' +
          'complete sync decides.',
    ]),
  };
}

/** What the mail about a failed run says. */
export function toFailedMail(site: string, report: RunReport): MailText {
  const shown = report.problems.slice(0, MAX_PROBLEMS);
  const first = shown[0]?.message ?? 'no reason is known';
  const hidden = report.problems.length - shown.length;
  return {
    subject: toSubject(site, `LDAP sync failed: ${first}`),
    text: toText([
      'The LDAP sync failed. What was written until then stays.',
      ...shown.flatMap(toProblemLines),
      ...(hidden > 0 ? [`… and ${hidden} more problems.`] : []),
      ...toRunLines(report),
      `The whole report: GET ldap.runInfo?runId=${toLine(report._id)}`,
    ]),
  };
}

function toProblemLines({ message, remedy, setting }: RunProblem): readonly string[] {
  return [
    `Reason: ${toLine(message)}${setting === undefined ? '' : ` (${toLine(setting)})`}`,
    `What to do: ${toLine(remedy)}`,
  ];
}

function toRunLines({ _id, kind, startedAt, counts }: RunReport): readonly string[] {
  const numbers = Object.entries(counts).map(([outcome, number]) => `${outcome} ${number}`);
  return [
    `People: ${numbers.join(', ')}`,
    `Run: ${toLine(_id)} (${kind}), started ${startedAt.toISOString()}`,
  ];
}

function toSubject(site: string, what: string): string {
  return toLine(`[${site.trim() || 'Chat'}] ${what}`).slice(0, MAX_SUBJECT);
}

function toText(lines: readonly string[]): string {
  return `${lines.join('\n\n')}\n`;
}

/** Text from the directory can neither add a header nor pretend to be a line of ours. */
function toLine(text: string): string {
  return text.slice(0, MAX_LINE).replace(BREAKS, ' ').trim();
}
