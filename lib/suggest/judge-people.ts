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
  return {
    setting: 'LDAP_Server_Type',
    value: isAd ? 'ad' : '',
    because:
      kind === 'unknown' || kind === 'other'
        ? `The server does not say who it is; its people have ${isAd ? 'sAMAccountName' : 'no sAMAccountName'}.`
        : `The server says that it is ${kind}.`,
    confidence: kind === 'unknown' || kind === 'other' ? 'medium' : 'high',
  };
}

/** Only of people who were all seen it is known that none is elsewhere. */
function proposeBase({ context, entries, of, isWhole }: People, { contexts }: SeenDirectory): Proposed {
  const dns = entries.map(({ dn }) => dn);
  const common = toCommonPlace(dns, context) ?? context;
  const whole: Candidate = {
    value: context,
    because: `The part of the directory with most people (${of} were seen).`,
  };
  const near: Candidate = {
    value: common,
    because: `All ${of} people who were seen are below it${isWhole ? ', and there are no others' : ''}.`,
  };
  const [best, other] = isWhole ? [near, whole] : [whole, near];
  const elsewhere = contexts
    .filter(({ dn, entries: found }) => dn !== context && found.length > 0)
    .map(({ dn, entries: found }) => ({
      value: dn,
      because: `${found.length} entries there may be people.`,
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
      because: `${count} of these ${of} have the class, too.`,
    }));
  const lacking = of - having('mail');
  const addressed: readonly Candidate[] =
    lacking > 0 && lacking < of
      ? [{ value: withAddress(value), because: `Leaves out ${lacking} of ${of} who have no mail.` }]
      : [];
  return {
    setting: 'LDAP_User_Search_Filter',
    value,
    because:
      personClass === undefined
        ? `${of} entries were found by it; computers and contacts were not.`
        : `${of} entries have the class, and ${having('mail')} of them mail.`,
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
    because: `The ${of} people who were seen were found in the whole subtree.`,
    confidence: 'high',
  };
}
