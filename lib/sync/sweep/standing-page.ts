import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import { findFormer, toFormerKey } from '../plan/former-identity.js';
import type { StoredPeople } from '../plan/plan-page.js';
import { toStandingIdentity } from '../plan/standing-identity.js';
import type { SweepState } from '../removals/sweep-state.js';
import type { ReadPage } from './read-page.js';

type Standing = Pick<LdapIdentity, 'id' | 'former'>;

/** The page with everybody under what their user is linked by. */
export function toStandingPage(
  page: ReadPage,
  linked: StoredPeople['linked'],
  { seen, seenFormers, contestedFormers }: Pick<SweepState, 'seen' | 'seenFormers' | 'contestedFormers'>,
): ReadPage {
  const people = new Map(page.people.map((person) => [person.id, person]));
  const standing = new Map<string, Standing>();
  for (const identity of page.identities) {
    const { id } = toStandingIdentity(identity, linked);
    // An id that another entry has too is that entry's.
    if (id !== identity.id && seen.add(id)) standing.set(identity.id, { id });
    const former = findFormer(identity, people.get(identity.id), linked);
    if (!former) continue;
    if (seenFormers.add(toFormerKey(former))) standing.set(identity.id, { id: identity.id, former });
    else contestedFormers.add(toFormerKey(former));
  }
  if (standing.size === 0) return page;
  const toStanding = <Identified extends Standing>(one: Identified): Identified => ({
    ...one,
    ...standing.get(one.id),
  });
  return {
    ...page,
    people: page.people.map(toStanding),
    identities: page.identities.map(toStanding),
    shownDisabled: page.shownDisabled.map(toStanding),
  };
}
