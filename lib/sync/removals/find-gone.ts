import type { LdapIdentity } from '../../mapping/ldap-identity.js';
import { toFormerKey } from '../plan/former-identity.js';
import { lookUpPeople } from './look-up-people.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import type { SweepState } from './sweep-state.js';

/**
 * The ids of those entries that are gone, as a direct look-up says. An entry that the sweep has shown, by
 * this id or as what its user is still linked by, is there and is not looked up.
 */
export async function findGone(
  identities: readonly LdapIdentity[],
  { seen, seenFormers }: Pick<SweepState, 'seen' | 'seenFormers'>,
  { directory, settings: { search }, run }: Pick<RemovalDependencies, 'directory' | 'settings' | 'run'>,
): Promise<ReadonlySet<string>> {
  const unseen = identities.filter(
    (identity) => !seen.has(identity.id) && !seenFormers.has(toFormerKey(identity)),
  );
  if (unseen.length === 0) return new Set();
  const lookedUp = await lookUpPeople(unseen, directory, { search, attributes: [], signal: run.signal });
  return new Set(unseen.filter(({ id }) => lookedUp.get(id)?.kind === 'gone').map(({ id }) => id));
}
