import { toEvidence } from '../findings/observation.js';
import { toCommonPlace } from './dn-places.js';
import { ofClass, type People } from './people.js';
import { AD_PEOPLE, PERSON_CLASSES } from './read-people.js';
import type { SeenDirectory } from './seen-directory.js';
import type { Candidate, Proposed } from './suggestion.js';

/** Where people are, and which entries are people. Pure. */
export function judgePeople(people: People, seen: SeenDirectory): readonly Proposed[] {
  return [
    proposeServerType(people, seen),
    proposeBase(people, seen),
    proposeFilter(people),
    proposeScope(people),
  ];
}

function proposeServerType({ isAd }: People, { kind }: SeenDirectory): Proposed {
  const isTold = kind !== 'unknown' && kind !== 'other';
  return {
    setting: 'LDAP_Server_Type',
    value: isAd ? 'ad' : '',
    ...(isTold
      ? toEvidence('server-tells-kind', { kind })
      : toEvidence(isAd ? 'people-like-ad' : 'people-unlike-ad', {})),
    confidence: isTold ? 'high' : 'medium',
  };
}

/** Only of people who were all seen it is known that none is elsewhere. */
function proposeBase({ context, entries, of, isWhole }: People, { contexts }: SeenDirectory): Proposed {
  const dns = entries.map(({ dn }) => dn);
  const common = toCommonPlace(dns, context) ?? context;
  const whole: Candidate = {
    value: context,
    ...toEvidence('most-people', { people: of }),
  };
  const near: Candidate = {
    value: common,
    ...toEvidence(isWhole ? 'all-people-below-alone' : 'all-people-below', { people: of }),
  };
  const [best, other] = isWhole ? [near, whole] : [whole, near];
  const elsewhere = contexts
    .filter(({ dn, entries: found }) => dn !== context && found.length > 0)
    .map(({ dn, entries: found }) => ({
      value: dn,
      ...toEvidence('perhaps-people', { count: found.length }),
    }));
  return {
    setting: 'LDAP_BaseDN',
    ...best,
    confidence: isWhole ? 'high' : 'medium',
    others: [other, ...elsewhere],
  };
}

function proposeFilter({ personClass, entries, of, having, isAd }: People): Proposed {
  const value = personClass === undefined ? AD_PEOPLE : `(objectClass=${personClass})`;
  const others = PERSON_CLASSES.filter((name) => name !== personClass && personClass !== undefined)
    .map((name) => ({ name, count: ofClass(entries, name).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => ({
      value: `(objectClass=${name})`,
      ...toEvidence('class-of-some', { count, people: of }),
    }));
  const lacking = of - having('mail');
  const addressed: readonly Candidate[] =
    lacking > 0 && lacking < of
      ? [{ value: withAddress(value), ...toEvidence('people-left-out', { count: lacking, people: of }) }]
      : [];
  return {
    setting: 'LDAP_User_Search_Filter',
    value,
    ...(personClass === undefined
      ? toEvidence('found-by-category', { people: of })
      : toEvidence('class-of-all', { people: of, count: having('mail') })),
    confidence: isAd || having('mail') > 0 ? 'high' : 'medium',
    others: [...addressed, ...others],
  };
}

function withAddress(filter: string): string {
  return filter === AD_PEOPLE
    ? '(&(objectCategory=person)(objectClass=user)(mail=*))'
    : `(&${filter}(mail=*))`;
}

function proposeScope({ of }: People): Proposed {
  return {
    setting: 'LDAP_User_Search_Scope',
    value: 'sub',
    ...toEvidence('people-in-subtree', { people: of }),
    confidence: 'high',
  };
}
