import { describeQuietly } from '../../directory/describe-quietly.js';
import { toCanonicalDN } from '../../directory/distinguished-name.js';
import { parseMapping } from '../../settings/parse-mapping.js';
import { parseSearch } from '../../settings/directory-search.js';
import { createSettingChecks } from '../../settings/setting-checks.js';
import type { SettingProblem } from '../../settings/settings.js';
import { STATE_READINGS } from '../../sync/removals/state-reading.js';
import { STATE_SOURCES } from '../../sync/removals/state-sources.js';
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
  if (isLacking('people'))
    problems.push({
      setting: settings.get('LDAP_Authentication') ? ACCOUNT : 'LDAP_Authentication',
      message: 'The directory shows nobody under LDAP_BaseDN.',
      remedy: settings.get('LDAP_Authentication')
        ? 'Let the service account read the people, or correct LDAP_BaseDN and LDAP_User_Search_Filter.'
        : 'Give a service account (LDAP_Authentication), or let everybody read the people.',
    });
  if (isLacking('id'))
    problems.push({
      setting: 'LDAP_Unique_Identifier_Field',
      message: 'Not every person shows an attribute that tells people apart.',
      remedy: 'Let the service account read an attribute of LDAP_Unique_Identifier_Field of everybody.',
    });
  const state = rights.find(({ what }) => what === 'state');
  if (state?.isReadable === false && settings.get('LDAP_Sync_User_Active_State') !== 'none') {
    const reading = state.attributes.includes('nsAccountLock') ? 'by-rights' : 'required';
    warnings.push({
      setting: 'LDAP_Sync_User_Active_State',
      message: `Whether somebody is disabled is hidden from the service account. ${state.because}`,
      remedy: STATE_SOURCES[reading].remedy,
    });
  }
  return { problems, warnings };
}

function toExpiryProblem(
  expires: Date,
  now: Date,
): { readonly isOver: boolean; readonly problem: SettingProblem } | undefined {
  const days = Math.floor((+expires - +now) / DAY_MS);
  if (days >= SOON_DAYS) return undefined;
  const isOver = expires <= now;
  return {
    isOver,
    problem: {
      setting: ACCOUNT,
      message: isOver
        ? `The password of the service account has expired (${expires.toISOString()}).`
        : `The password of the service account expires in ${days} days (${expires.toISOString()}).`,
      remedy: 'Set a new password in the directory, and LDAP_Authentication_Password to it.',
    },
  };
}
