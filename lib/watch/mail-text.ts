import { REMOVAL_COUNTS, REMOVAL_KINDS } from '../../models/removal-kind.js';
import type { AdviceCode } from '../advice.js';
import { showInvisible } from '../invisible-characters.js';
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
const MAX_PAIRS = 10;
const MAX_LINK = 500;
const BREAKS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;

/** The chat server that a mail is about; both as somebody has written them. */
export interface Site {
  readonly name: string;
  readonly url: string;
}

/** What the mail about a held run says. `isChanged`: a mail about another list has gone before. */
export function toHeldMail(
  site: Site,
  report: RunReport,
  { held, isChanged }: { readonly held: HeldRemovals; readonly isChanged: boolean },
): MailText {
  const removals = REMOVAL_KINDS.map(
    (kind) => `${held[REMOVAL_COUNTS[kind]]} ${KINDS[kind].called.many}`,
  ).join(', ');
  // What needs a decision by its nature holds nothing else back.
  const isDone = held.code === 'decision-needed';
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

function toSubject({ name }: Site, what: string): string {
  return toLine(`[${name.trim() || 'Chat'}] ${what}`).slice(0, MAX_SUBJECT);
}

/** "Our Chat (https://chat.example)" */
function toTitle(site: Site): string {
  const [name, url] = [toLine(site.name), toLink(site)];
  if (name === '') return url ?? 'the chat server';
  return url === undefined ? name : `${name} (${url})`;
}

/** The address of an endpoint where it is mounted as in Rocket.Chat; its name alone where the site has no address. */
function toEndpoint(site: Site, endpoint: string): string {
  const url = toLink(site);
  return url === undefined ? endpoint : `${url}/api/v1/${endpoint}`;
}

function toQuery({ _id }: RunReport): string {
  return encodeURIComponent(_id);
}

/** The address of the site without a slash at its end; none where it is no address, or holds a password. */
function toLink({ url }: Site): string | undefined {
  if (url.length > MAX_LINK || !URL.canParse(url)) return undefined;
  const { protocol, username, password, origin, pathname } = new URL(url);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return undefined;
  return `${origin}${pathname}`.replace(/\/+$/, '');
}

function toText(lines: readonly string[]): string {
  return `${lines.join('\n\n')}\n`;
}

/** Text from the directory can neither add a header nor pretend to be a line of ours. */
function toLine(text: string): string {
  return text.slice(0, MAX_LINE).replace(BREAKS, ' ').trim();
}
