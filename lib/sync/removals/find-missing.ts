import { toFormerKey } from '../plan/former-identity.js';
import type { ChangeLog } from '../history/change-log.js';
import type { Tally } from '../run/tally.js';
import type { RemovalDependencies } from './removal-dependencies.js';
import { toSwitchOffRow } from './switch-off-row.js';
import { FEDERATED_MISSING } from '../plan/federation.js';
import { isFederated } from '../plan/merge-obstacles.js';
import { countWanted } from './count-wanted.js';
import type { SweepState } from './sweep-state.js';
import type { UserStore } from '../users/user-store.js';
import { storedIdOf, toLdapIdentity, type LdapIdentity } from '../../mapping/ldap-identity.js';

/**
 * Compares the active linked users with the people seen, page by page, and collects the users who are
 * missing. Returns how many users could not be compared: they are linked by an attribute that not every entry
 * of this sweep had.
 */
export async function collectMissing(
  state: SweepState,
  users: UserStore,
  { changes, tally }: { readonly changes: ChangeLog; readonly tally: Tally },
): Promise<number> {
  let uncomparable = 0;
  for await (const user of users.activeLinked()) {
    if (state.seen.has(storedIdOf(user))) continue;
    const identity = toLdapIdentity(user);
    if (identity && state.seenFormers.has(toFormerKey(identity))) continue;
    if (!identity || !isComparable(identity, state)) {
      uncomparable += 1;
      continue;
    }
    if (isFederated(user)) {
      const { _id: userId, username, name } = user;
      const who = {
        userId,
        ...(username === undefined ? {} : { username }),
        ...(name === undefined ? {} : { name }),
      };
      tally.attention({ outcome: 'unchanged', ...who, ...FEDERATED_MISSING });
      continue;
    }
    const row = toSwitchOffRow(user, identity, 'missing-from-directory');
    countWanted([row], state);
    await changes.collect([row]);
  }
  return uncomparable;
}

/** Whether an unseen id of this attribute proves that the person is missing. */
function isComparable(
  { idAttribute }: LdapIdentity,
  { idAttributes, lackedIdAttributes }: SweepState,
): boolean {
  const attribute = idAttribute.toLowerCase();
  return idAttributes.has(attribute) && !lackedIdAttributes.has(attribute);
}

function reportUncomparable(users: number, tally: Tally): void {
  tally.problem({
    message:
      `${users} linked users are known by a unique id attribute that not every entry has; whoever of ` +
      'them was not seen was left on.',
    remedy:
      'Let every entry have the attribute they are linked by (services.ldap.idAttribute), let the ' +
      'service account read it, and put it first into LDAP_Unique_Identifier_Field.',
    setting: 'LDAP_Unique_Identifier_Field',
  });
}

/** Collects who is missing, where the settings ask for it. */
export async function collectWhoIsMissing(
  state: SweepState,
  { run, settings: { policy }, users, changes }: RemovalDependencies,
): Promise<void> {
  if (!policy.syncUsers || !policy.disableMissing || state.activeLinkedSeen === state.linkedBefore) return;
  const uncomparable = await collectMissing(state, users, { changes, tally: run.tally });
  await changes.flush();
  if (uncomparable > 0) reportUncomparable(uncomparable, run.tally);
}
