import type { StoredPeople } from '../plan/plan-page.js';
import { toStandingIdentity } from '../plan/standing-identity.js';
import type { SweepState } from '../removals/sweep-state.js';
import type { ReadPage } from './read-page.js';

/** The page with everybody under the id that their user is linked by. */
export function toStandingPage(
  page: ReadPage,
  linked: StoredPeople['linked'],
  { seen }: Pick<SweepState, 'seen'>,
): ReadPage {
  const standing = new Map<string, string>();
  for (const identity of page.identities) {
    const { id } = toStandingIdentity(identity, linked);
    // An id that another entry has too is that entry's.
    if (id !== identity.id && seen.add(id)) standing.set(identity.id, id);
  }
  if (standing.size === 0) return page;
  const toStanding = <Identified extends { readonly id: string }>(one: Identified): Identified => ({
    ...one,
    id: standing.get(one.id) ?? one.id,
  });
  return {
    ...page,
    people: page.people.map(toStanding),
    identities: page.identities.map(toStanding),
    shownDisabled: page.shownDisabled.map(toStanding),
  };
}
