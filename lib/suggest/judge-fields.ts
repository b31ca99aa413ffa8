import { joinEvidence, toEvidence } from '../findings/observation.js';
import { LASTING_IDS } from '../mapping/lasting-ids.js';
import type { SettingId } from '../settings/definitions.js';
import { FITTING } from '../survey/fitting-names.js';
import type { People } from './people.js';
import type { Candidate, Proposal, Proposed } from './suggestion.js';

/** A candidate, and how well it fits. */
interface Rated extends Candidate {
  readonly having: number;
  readonly isDoubtful: boolean;
}

/** What fills which field of a person. Pure. */
export function judgeFields(people: People): readonly Proposed[] {
  const { isAd } = people;
  const search: SettingId = isAd ? 'LDAP_AD_User_Search_Field' : 'LDAP_User_Search_Field';
  const username: SettingId = isAd ? 'LDAP_AD_Username_Field' : 'LDAP_Username_Field';
  const email: SettingId = isAd ? 'LDAP_AD_Email_Field' : 'LDAP_Email_Field';
  const logins = rate(isAd ? AD_LOGINS : FITTING.username, people).map((one) => withDoubles(one, people));
  return [
    ...propose('LDAP_Unique_Identifier_Field', rate(LASTING_IDS, people), people),
    ...propose(search, logins, people),
    ...propose(username, logins, people),
    ...proposeName(people),
    ...proposeUsual(email, rate(FITTING.emails, people).filter(holdsAddresses(people)), people),
    ...proposePhoto(people),
  ];
}

const AD_LOGINS = ['sAMAccountName', 'userPrincipalName', 'mail', 'cn'];

/** Those that somebody has, in their order. */
function rate(names: readonly string[], { having, of }: People): readonly Rated[] {
  return names
    .map((name) => ({ value: name, having: having(name), isDoubtful: false }))
    .filter((one) => one.having > 0)
    .map(({ value, having: count, isDoubtful }) => ({
      ...toEvidence('attribute-seen', { count, people: of, attribute: value }),
      ...{ value, having: count, isDoubtful },
    }));
}

/** The first that everybody has and nothing speaks against; else the one that most have. */
function propose(setting: SettingId, rated: readonly Rated[], { of }: People): readonly Proposed[] {
  const good = rated.filter(({ isDoubtful }) => !isDoubtful);
  const best =
    good.find(({ having }) => having === of) ?? [...(good.length > 0 ? good : rated)].sort(byHaving)[0];
  if (!best) return [];
  const others = rated.filter((one) => one !== best).map(toCandidate);
  return [{ setting, ...toCandidate(best), confidence: toConfidence(best, of), others }];
}

/** The most usual that half of them have: a name to sign in with may look like an address, and be none. */
function proposeUsual(setting: SettingId, rated: readonly Rated[], people: People): readonly Proposed[] {
  const usual = rated.find(({ having }) => having * 2 >= people.of);
  if (!usual) return propose(setting, rated, people);
  const others = rated.filter((one) => one !== usual).map(toCandidate);
  return [{ setting, ...toCandidate(usual), confidence: toConfidence(usual, people.of), others }];
}

function byHaving(one: Rated, other: Rated): number {
  return other.having - one.having;
}

function toCandidate({ value, because, seen }: Candidate): Candidate {
  return { value, because, seen };
}

function toConfidence({ having, isDoubtful }: Rated, of: number): Proposal['confidence'] {
  if (isDoubtful) return 'low';
  return having === of ? 'high' : having * 2 >= of ? 'medium' : 'low';
}

/** A user name is of one person only. */
function withDoubles(rated: Rated, { texts }: People): Rated {
  const seen = new Set<string>();
  const doubles = texts(String(rated.value)).filter((text) => {
    const key = text.toLowerCase();
    return seen.has(key) || !seen.add(key);
  }).length;
  if (doubles === 0) return rated;
  return {
    ...rated,
    isDoubtful: true,
    ...joinEvidence([rated, toEvidence('attribute-shared', { count: doubles })]),
  };
}

function holdsAddresses({ texts }: People): (rated: Rated) => boolean {
  return ({ value }) => texts(String(value)).some((text) => /^(?:smtp:)?[^@\s]+@[^@\s]+$/i.test(text));
}

/** The first attribute that an entry has counts, so that a list serves everybody. */
function proposeName(people: People): readonly Proposed[] {
  const setting: SettingId = people.isAd ? 'LDAP_AD_Name_Field' : 'LDAP_Name_Field';
  const rated = rate(['displayName', 'cn', 'name', 'givenName'], people);
  const [shown, ...rest] = rated;
  if (!shown) return [];
  const whole = rest.find(({ having }) => having === people.of);
  if (shown.having === people.of || !whole) return propose(setting, rated, people);
  const value = `${String(shown.value)},${String(whole.value)}`;
  const evidence = joinEvidence([shown, whole]);
  return [{ setting, value, ...evidence, confidence: 'high', others: rated.map(toCandidate) }];
}

function proposePhoto(people: People): readonly Proposed[] {
  const rated = [...rate(FITTING.photo, people)].sort(byHaving);
  const [best, ...others] = rated;
  if (!best) return [];
  const confidence = 'medium';
  return [
    { setting: 'LDAP_Avatar_Field', ...toCandidate(best), confidence, others: others.map(toCandidate) },
  ];
}
