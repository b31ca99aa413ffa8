import type { Advice } from '../../advice.js';
import { showInvisible } from '../../invisible-characters.js';
import type { Departed } from './find-departed.js';
import type { Dispute } from './dispute.js';

/** What happens to the names of somebody who has left. */
export type ReleaseState =
  /** A row of this run waits for a decision. */
  | 'waiting'
  /** The setting does not ask for it. */
  | 'off'
  /** The sweep proved too little, or no name was found. */
  | 'not-now';

/** The conflict of a newcomer with accounts of people who have left, and how to free the names. Pure. */
export function toDepartedAdvice(
  { row, newcomer, username }: Dispute,
  owners: readonly Departed[],
  release: ReleaseState,
): Advice {
  const [only, another] = owners;
  const since = another ? undefined : only && toSince(only);
  const when = since === undefined ? '' : ` since ${since}`;
  const left = another
    ? 'These accounts are switched off, and their entries are gone from the directory'
    : `That account is switched off${when}, and its entry is gone from the directory`;
  const ids = owners.map(({ user }) => user._id).join(', ');
  return {
    code: 'names-belong-to-departed',
    params: {
      username,
      accounts: owners.map(toAccount).join(', '),
      release,
      ...(since === undefined ? {} : { since }),
    },
    reason: `${row.reason} ${left}, as a direct look-up shows.`,
    remedy:
      `If they are the same person, link the account by hand (services.ldap of ${ids}: { id: ` +
      `"${newcomer.id}", idAttribute: "${newcomer.idAttribute}" }) and switch it on. Else ` +
      `${REMEDIES[release]}, or rename the other account and take the address from it by hand.`,
  };
}

const REMEDIES: Readonly<Record<ReleaseState, string>> = {
  waiting:
    'free the names: approve the row of the other account in the list of this run (ldap.runChanges, ' +
    'ldap.approveRun); the next sync then creates the newcomer',
  off: 'switch LDAP_Free_Names_Of_Departed on, run the sync again and approve what it wants to free',
  'not-now': 'run the sync again once it reads the whole directory and approve what it wants to free',
};

function toSince({ user: { ldapSync } }: Departed): string | undefined {
  const at: unknown = ldapSync?.deactivatedAt;
  return at instanceof Date && !Number.isNaN(at.getTime()) ? at.toISOString().slice(0, 10) : undefined;
}

function toAccount({ user: { _id, username } }: Departed): string {
  return username === undefined ? `id ${_id}` : showInvisible(`${username}, id ${_id}`);
}
