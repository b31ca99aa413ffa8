import { REMOVAL_COUNTS, REMOVAL_KINDS } from '../../models/removal-kind.js';
import type { AdviceCode } from '../advice.js';
import { showInvisible } from '../invisible-characters.js';
import { KINDS } from '../sync/removals/kinds/removal-kinds.js';
import { toLine, toLink, toSubject, toText, toTitle, type MailText, type Site } from '../mail-lines.js';
import type { HeldRemovals, RunProblem, RunReport } from '../../models/run-report.js';

const MAX_PROBLEMS = 10;
const MAX_PAIRS = 10;

/** What the mail about a held run says. `isChanged`: a mail about another list has gone before. */
export function toHeldMail(
  site: Site,
  report: RunReport,
  { held, isChanged }: { readonly held: HeldRemovals; readonly isChanged: boolean },
): MailText {
  const removals = toCounts(held);
  // What needs a decision by its nature holds nothing else back.
  const isDone = held.code === 'decision-needed' || held.code === 'not-in-plan';
  return {
    subject: toSubject(
      site,
      `${isDone ? 'LDAP sync needs a decision' : 'LDAP sync held removals'} (${removals})`,
    ),
    text: toText([
      isDone
        ? `The LDAP sync of ${toTitle(site)} needs a decision: ${removals}. Everything else was done.`
        : `The LDAP sync of ${toTitle(site)} held its removals: ${removals}. Nothing was taken away.`,
      ...(isChanged ? ['What is to be decided has changed since the last mail about it.'] : []),
      `Reason: ${toLine(held.reason)}`,
      `What to do: ${toLine(held.remedy)}`,
      ...toPairLines(report),
      ...toRunLines(report),
      `The list: GET ${toEndpoint(site, 'ldap.runChanges')}?runId=${toQuery(report)}`,
      held.approvable
        ? `If these removals are meant, approve them: POST ${toEndpoint(site, 'ldap.approveRun')} ` +
          `{"runId": ${JSON.stringify(report._id)}}`
        : 'They cannot be approved, because this run does not prove that anybody is gone. The next ' +
          'complete sync decides.',
    ]),
  };
}

/** Those of which there are any: there are many kinds, and a subject is short. */
function toCounts(held: HeldRemovals): string {
  const counts = REMOVAL_KINDS.flatMap((kind) => {
    const count = held[REMOVAL_COUNTS[kind]];
    return count > 0 ? `${count} ${KINDS[kind].called.many}` : [];
  });
  return counts.length > 0 ? counts.join(', ') : 'none counted';
}

/** What the mail about a failed run says. */
export function toFailedMail(site: Site, report: RunReport): MailText {
  const shown = report.problems.slice(0, MAX_PROBLEMS);
  const first = shown[0]?.message ?? 'no reason is known';
  const hidden = report.problems.length - shown.length;
  return {
    subject: toSubject(site, `LDAP sync failed: ${first}`),
    text: toText([
      `The LDAP sync of ${toTitle(site)} failed. What was written until then stays.`,
      ...shown.flatMap(toProblemLines),
      ...(hidden > 0 ? [`… and ${hidden} more problems.`] : []),
      ...toRunLines(report),
      `The whole report: GET ${toEndpoint(site, 'ldap.runInfo')}?runId=${toQuery(report)}`,
    ]),
  };
}

const OF_PAIRS: ReadonlySet<AdviceCode> = new Set(['merge-needs-decision', 'relink-needs-decision'] as const);

/** Names the accounts that somebody has to decide about. */
function toPairLines({ attention }: RunReport): readonly string[] {
  const pairs = attention.filter(({ code }) => code !== undefined && OF_PAIRS.has(code));
  const hidden = pairs.length - MAX_PAIRS;
  return [
    ...pairs
      .slice(0, MAX_PAIRS)
      .map(({ dn = '', reason }) => `To be decided: ${toLine(showInvisible(dn))}. ${toLine(reason)}`),
    ...(hidden > 0 ? [`… and ${hidden} more pairs.`] : []),
  ];
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

/** The address of an endpoint where it is mounted as in Rocket.Chat; its name alone where the site has no address. */
function toEndpoint(site: Site, endpoint: string): string {
  const url = toLink(site);
  return url === undefined ? endpoint : `${url}/api/v1/${endpoint}`;
}

function toQuery({ _id }: RunReport): string {
  return encodeURIComponent(_id);
}
