import type { AdviceCode } from '../../lib/advice.js';
import type { Meaning } from '../meaning.js';

const HELD = 'Decide about the list ([how](operations.md#held-runs-what-to-do)).';

/** Why a run takes nothing away, or waits. */
export const OF_RUNS = {
  'sweep-incomplete': {
    meaning: 'The directory was not read wholly.',
    remedy: 'See [an incomplete sweep](#an-incomplete-sweep).',
  },
  'directory-empty': {
    meaning: 'The directory returned no entry at all.',
    remedy: 'Check `LDAP_BaseDN`, `LDAP_User_Search_Filter` and the read rights of the service account.',
  },
  'entry-ids-repeated': {
    meaning: 'Several entries have the same unique id, so people cannot be told apart.',
    remedy: 'Give each entry an id of its own, or name a unique attribute.',
  },
  'entries-unidentified': {
    meaning: 'Some entries have no unique id, so nobody is known to be missing.',
    remedy:
      'Name an attribute that every entry has in `LDAP_Unique_Identifier_Field`, and let the account read it.',
  },
  'directory-unverified': {
    meaning: 'Nobody who was known is in the directory: a wrong base or server, or one that was loaded anew.',
    remedy: `Check \`LDAP_Host\` and \`LDAP_BaseDN\`. ${HELD}`,
  },
  'too-many-removals': {
    meaning: 'More would be taken away than the guard lets through without a person.',
    remedy: HELD,
  },
  'attribute-nowhere': {
    meaning: 'No entry has the attribute, so everybody would lose what it gave.',
    remedy: `Check the setting that the message names, and the read rights. ${HELD}`,
  },
  'role-nowhere': {
    meaning: 'No group gives the role to anybody, so several users would lose it.',
    remedy: `Check the filter and the map of roles. ${HELD}`,
  },
  'room-nowhere': {
    meaning: 'No group gives the room to anybody, so several users would leave it.',
    remedy: `Check the filter and the map. ${HELD}`,
  },
  'groups-without-people': {
    meaning: 'Nobody is in any group of the map, so the filter may not say what groups hold.',
    remedy: `Let it ask for \`#{userdn}\` or \`#{username}\` ([filters](groups.md#filters-of-groups)). ${HELD}`,
  },
  'sweep-contradicted': {
    meaning: 'A direct look-up shows people whom the sweep did not.',
    remedy: 'Sync again; if it returns, ask the directory administrator why a search leaves people out.',
  },
  'earlier-run-undecided': {
    meaning: 'An earlier list still waits, so nothing else is taken away.',
    remedy: HELD,
  },
  'decision-needed': {
    meaning: 'Some changes wait for a person, however few they are. Everything else was done.',
    remedy: HELD,
  },
  'not-in-plan': {
    meaning: 'The preview that was applied did not show it; what takes away waits, the rest was written.',
    remedy: 'Look at the row (`ldap.runChanges`); approve or reject what waits.',
  },
  'plan-overtaken': {
    meaning: 'The preview that was applied showed it, and the new sweep no longer wants it.',
    remedy: 'Nothing if the directory has changed since; else see `ldap.explainUser`.',
  },
  'certificate-ends-soon': {
    meaning: 'A certificate of the directory server, or of who vouches for it, ends within 14 days.',
    remedy: 'Give the directory server a new certificate before that day; the next sync looks again.',
  },
  'certificate-ended': {
    meaning:
      'The certificate that the directory server has shown last has ended, so that no sync can connect.',
    remedy: 'Give the directory server a new certificate, then run the sync.',
  },
  'transactions-missing': {
    meaning: 'The database gives no transactions.',
    remedy: 'Make it a replica set; one member is enough ([how](operations.md#mongodb-as-a-replica-set)).',
  },
} as const satisfies Partial<Record<AdviceCode, Meaning>>;
