import { toFinding } from '../../findings/finding.js';
import { describeQuietly } from '../../directory/describe-quietly.js';
import { toCanonicalDN } from '../../directory/distinguished-name.js';
import { parseMapping } from '../../settings/parse-mapping.js';
import { parseSearch } from '../../settings/directory-search.js';
import { createSettingChecks } from '../../settings/setting-checks.js';
import type { SettingProblem } from '../../settings/settings.js';
import { STATE_READINGS } from '../../sync/removals/state-reading.js';
import { toShownDN } from '../shown-text.js';
import { readPasswordExpiry } from './account-entry.js';
import { readRights } from './read-rights.js';
import { toSection, type Section } from './section.js';
import type { SectionContext } from './section-context.js';
import type { AccountFacts, ReadRight } from './section-facts.js';

const SOON_DAYS = 14;
const DAY_MS = 86_400_000;
const ACCOUNT = 'LDAP_Authentication_UserDN';

/** Signs in, and says whom the server takes the account for and what it may read. */
export async function testAccountSection(context: SectionContext): Promise<Section<AccountFacts>> {
  const { address, session, signal, clock, settings } = context;
  const directory = await session.directory();
  const identity = await directory.whoAmI(signal);
  const bindDN = address.bind?.dn;
  const baseDN = settings.get('LDAP_BaseDN').trim();
  const passwordExpires =
    bindDN === undefined
      ? undefined
      : await readPasswordExpiry(directory, { bindDN, identity, baseDN }, signal);
  const rights = await findRights(context);
  const expiry = passwordExpires && toExpiryProblem(passwordExpires, clock());
  const judged = judgeRights(rights, context);
  return toSection({
    facts: {
      ...(bindDN === undefined ? {} : { bindDN: toShownDN(bindDN) }),
      ...(identity === undefined ? {} : { identity }),
      ...(passwordExpires ? { passwordExpires } : {}),
      rights,
    },
    problems: [...(expiry?.isOver ? [expiry.problem] : []), ...judged.problems],
    warnings: [...(expiry && !expiry.isOver ? [expiry.problem] : []), ...judged.warnings],
  });
}

/** Where people are searched for has to be known before it can be said what is shown of them. */
async function findRights(context: SectionContext): Promise<readonly ReadRight[]> {
  const { session, signal, settings } = context;
  if (toCanonicalDN(settings.get('LDAP_BaseDN').trim()) === undefined) return [];
  const checks = createSettingChecks(settings);
  const search = parseSearch(settings, checks);
  const mapping = parseMapping(settings, checks);
  const directory = await session.directory();
  const kind = (await describeQuietly(directory, signal))?.kind ?? 'unknown';
  const stateReading = STATE_READINGS[kind] ?? 'optional';
  return readRights({ directory, signal, kind, stateReading, search, mapping });
}

function judgeRights(
  rights: readonly ReadRight[],
  { settings }: SectionContext,
): { readonly problems: readonly SettingProblem[]; readonly warnings: readonly SettingProblem[] } {
  const isLacking = (what: ReadRight['what']): boolean =>
    rights.some((right) => right.what === what && right.isReadable === false);
  const problems: SettingProblem[] = [];
  const warnings: SettingProblem[] = [];
  if (isLacking('people')) problems.push(toHidden(settings.get('LDAP_Authentication')));
  if (isLacking('id'))
    problems.push({ setting: 'LDAP_Unique_Identifier_Field', ...toFinding('id-hidden', {}) });
  const state = rights.find(({ what }) => what === 'state');
  if (state?.isReadable === false && settings.get('LDAP_Sync_User_Active_State') !== 'none') {
    const code = state.attributes.includes('nsAccountLock') ? 'state-not-granted' : 'state-hidden';
    const { count = 0, entries = 0 } = state.seen[0]?.params ?? {};
    warnings.push({ setting: 'LDAP_Sync_User_Active_State', ...toFinding(code, { count, entries }) });
  }
  return { problems, warnings };
}

function toHidden(isSigningIn: boolean): SettingProblem {
  return isSigningIn
    ? { setting: ACCOUNT, ...toFinding('people-hidden', {}) }
    : { setting: 'LDAP_Authentication', ...toFinding('people-hidden-from-anybody', {}) };
}

function toExpiryProblem(
  expires: Date,
  now: Date,
): { readonly isOver: boolean; readonly problem: SettingProblem } | undefined {
  const days = Math.floor((+expires - +now) / DAY_MS);
  if (days >= SOON_DAYS) return undefined;
  const isOver = expires <= now;
  const time = expires.toISOString();
  const finding = isOver
    ? toFinding('account-expired', { time })
    : toFinding('account-expires', { time, days });
  return { isOver, problem: { setting: ACCOUNT, ...finding } };
}
