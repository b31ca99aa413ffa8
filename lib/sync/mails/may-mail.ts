import type { RunProblem } from '../../../models/run-report.js';
import type { DueMailRecord } from '../../../models/user.js';
import { createSettingChecks } from '../../settings/setting-checks.js';
import type { Settings } from '../../settings/settings.js';
import type { RunLog } from '../run/run-log.js';
import type { DueMails } from './due-mails.js';
import type { PersonMails } from './person-mails.js';

interface Dependencies {
  readonly settings: Settings;
  readonly mails: Pick<PersonMails, 'isSetUp'>;
  readonly runs: Pick<RunLog, 'summary'>;
}

/** Whether people are mailed, and what the report has to say when they are not. */
type MailVerdict = { readonly isAllowed: boolean; readonly problem?: RunProblem };

const NO: MailVerdict = { isAllowed: false };

const ABOUT = {
  off: { setting: 'Accounts_Send_Email_When_Deactivating', count: 'deactivated', were: 'switched off' },
  on: { setting: 'Accounts_Send_Email_When_Activating', count: 'reactivated', were: 'switched on again' },
} as const satisfies Record<DueMailRecord['about'], object>;

/**
 * Whether the people whom a run switched off or on may be mailed: the settings, who approved it, how many
 * they were.
 */
export async function mayMail(due: DueMails, { settings, mails, runs }: Dependencies): Promise<MailVerdict> {
  const { setting, count, were } = ABOUT[due.about];
  if (!settings.get(setting)) return NO;
  const run = await runs.summary(due.runId);
  const wish = run?.of === undefined ? undefined : await findWish(run.of, due.runId, runs);
  if (wish === false) return NO;
  const limit = createSettingChecks(settings).numberOrDefault('LDAP_Guard_Always_Allowed');
  const people = Math.max(due.userIds.length, run?.counts[count] ?? 0);
  if (wish !== true && people > limit) return { isAllowed: false, problem: toMany(people, were, limit) };
  if (await mails.isSetUp()) return { isAllowed: true };
  return { isAllowed: false, problem: toNoServer(people, were, setting) };
}

/** What the approver of the run said about mails. */
async function findWish(
  heldRunId: string,
  runId: string,
  runs: Pick<RunLog, 'summary'>,
): Promise<boolean | undefined> {
  const held = await runs.summary(heldRunId);
  const decisions = [...(held?.decision ? [held.decision] : []), ...(held?.partlyDecided ?? [])];
  return decisions.find((decision) => decision.runId === runId)?.mail;
}

function toMany(people: number, were: string, limit: number): RunProblem {
  return {
    message:
      `${people} people were ${were}, and nobody of them was mailed: more than ${limit} at once ` +
      'are not.',
    remedy:
      'Tell them in another way. Whoever approves a held list has them mailed with "mail": true ' +
      '(ldap.approveRun); LDAP_Guard_Always_Allowed says how many are mailed without that.',
    setting: 'LDAP_Guard_Always_Allowed',
  };
}

function toNoServer(people: number, were: string, setting: string): RunProblem {
  return {
    message:
      `${people} ${people === 1 ? 'person was' : 'people were'} ${were} and could not be mailed: ` +
      'no mail server is set.',
    remedy: `Set MAIL_URL, or SMTP_Host and the other SMTP_ settings; or switch ${setting} off.`,
    setting,
  };
}
