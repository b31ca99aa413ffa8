import type { Connection } from 'mongoose';
import { teamCollection } from '../../../models/team.js';
import { LOOK_UP_BATCH, toBatches } from '../../batches.js';
import { toNameKey } from '../../mapping/name-keys.js';
import { within, type Transaction } from '../run/transaction.js';
import type { UserReader } from './user-store.js';

/** Names that an index does not find by the lower-case spelling. */
const UNUSUAL = { name: /[^a-z0-9._-]/ };
const UNUSUAL_AT_MOST = 100_000;

/**
 * Finds teams by their names, whatever the case: those with capitals or beyond ASCII are read once, at the
 * first look-up of a run; the others go by index.
 */
export function createTeamLookup(connection: Connection): UserReader['findTeams'] {
  let unusual: Promise<ReadonlySet<string>> | undefined;

  const read = async (filter: object, { tx, limit = 0 }: Reading = {}): Promise<string[]> => {
    const options = { projection: { name: 1 } as const, limit, ...within(tx) };
    const teams = await teamCollection(connection).find(filter, options).toArray();
    return teams.flatMap(({ name }) => (typeof name === 'string' ? toNameKey(name) : []));
  };

  return async (usernames, tx) => {
    if (usernames.length === 0) return new Set();
    unusual ??= read(UNUSUAL, { limit: UNUSUAL_AT_MOST }).then((names) => new Set(names));
    const known = await unusual;
    const keys = usernames.map(toNameKey);
    const found = new Set(keys.filter((key) => known.has(key)));
    const spellings = [...new Set([...usernames, ...usernames.map((name) => name.toLowerCase()), ...keys])];
    for (const batch of toBatches(spellings, LOOK_UP_BATCH))
      for (const name of await read({ name: { $in: batch } }, { tx })) found.add(name);
    return found;
  };
}

interface Reading {
  readonly tx?: Transaction | undefined;
  readonly limit?: number;
}
