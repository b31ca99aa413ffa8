import type { Connection } from 'mongoose';
import type { ChangeRow } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import { toLdapIdentity } from '../../mapping/ldap-identity.js';
import type { ChangeLog } from '../history/change-log.js';
import type { ActiveRun } from '../run/active-run.js';
import { commitOne, commitUnits, type Failures, type Unit } from '../run/commit-units.js';
import type { Tally } from '../run/tally.js';
import type { Scope } from '../run/transactions.js';
import type { WriteFailure } from '../run/write-failure.js';
import { countTokens, readSignedIn } from '../users/signed-in.js';
import { toSignOut } from '../users/user-updates.js';
import type { UserStore } from '../users/user-store.js';
import { BUSY, REFUSED } from '../users/write-advice.js';
import type { Clock } from '../../clock.js';
import type { Leaver } from './find-signed-out.js';

interface Dependencies {
  readonly connection: Connection;
  readonly users: Pick<UserStore, 'write' | 'revokeTokens'>;
  readonly changes: Pick<ChangeLog, 'write'>;
  readonly run: Pick<ActiveRun, 'transactions' | 'signal'>;
  readonly now: Clock;
}

interface LeaverUnit extends Unit {
  readonly leaver: Leaver;
}

const TOKENS = 'services.resume.loginTokens';

/**
 * Ends the sessions of people, with their personal access tokens and what other applications were granted, in
 * transactions. Nothing else is written; the users stay on.
 */
export async function signOut(leavers: readonly Leaver[], dependencies: Dependencies): Promise<void> {
  const { users, run } = dependencies;
  const signedOut: string[] = [];
  const units = leavers.map((leaver): LeaverUnit => ({ userIds: [leaver.userId], leaver }));
  await commitUnits(units, {
    transactions: run.transactions,
    signal: run.signal,
    write: (batch, failures, scope) => writeBatch({ batch, failures, scope }, dependencies),
    committed: (userIds: readonly string[]) => void signedOut.push(...userIds),
  });
  // What the host has issued to applications in the same moment goes, too.
  if (signedOut.length > 0) await commitOne(run, ({ tx }) => users.revokeTokens(signedOut, tx));
}

interface Batch {
  readonly batch: readonly LeaverUnit[];
  readonly failures: Failures<LeaverUnit>;
  readonly scope: Scope;
}

/** Returns who was signed out. */
async function writeBatch(
  { batch, failures, scope: { tx, tally } }: Batch,
  { connection, users, changes, now }: Dependencies,
): Promise<readonly string[]> {
  const userIds = batch.map(({ leaver }) => leaver.userId);
  const stored = await readSignedIn(connection, userIds, tx);
  const signedOut: string[] = [];
  const rows: ChangeRow[] = [];
  for (const unit of batch) {
    const user = stored.get(unit.leaver.userId);
    // Signed out meanwhile, or linked to somebody else.
    if (!user || !isStillTheSame(user, unit.leaver) || !hasTokens(user)) continue;
    const row = toRow(user, unit.leaver);
    const failure = failures.get(unit);
    if (!failure) signedOut.push(user._id);
    rows.push(failure ? toFailedRow(row, failure, tally) : row);
  }
  signedOut.forEach(() => tally.count('updated'));
  tally.signedOut(signedOut.length);
  const update = toSignOut(now());
  await users.write(
    signedOut.map((userId) => ({ kind: 'update', userId, ...update })),
    tx,
  );
  await users.revokeTokens(signedOut, tx);
  await changes.write(rows, tx);
  return signedOut;
}

/** Tells of somebody who could not be written. */
function toFailedRow(row: ChangeRow, { kind }: WriteFailure, tally: Tally): ChangeRow {
  const { userId, username, name } = row;
  const advice = kind === 'busy' ? BUSY : REFUSED;
  const reason = `${advice.reason} The person stays signed in.`;
  const who = {
    ...(userId === undefined ? {} : { userId }),
    ...(username === undefined ? {} : { username }),
    ...(name === undefined ? {} : { name }),
  };
  tally.count('failed');
  tally.attention({ ...advice, outcome: 'failed', ...who, reason });
  return { ...row, outcome: 'failed', state: 'skipped', reason };
}

function isStillTheSame(user: UserRecord, { identity }: Leaver): boolean {
  const { id, idAttribute } = toLdapIdentity(user) ?? {};
  return id === identity.id && idAttribute === identity.idAttribute;
}

function hasTokens(user: UserRecord): boolean {
  const { sessions, personalAccessTokens } = countTokens(user);
  return sessions + personalAccessTokens > 0;
}

function toRow(user: UserRecord, { state }: Leaver): ChangeRow {
  const { _id: userId, username, name } = user;
  const why =
    state.kind === 'gone' ? 'is gone from the directory' : `is disabled in the directory (${state.by})`;
  return {
    kind: 'sign-out',
    outcome: 'updated',
    state: 'done',
    userId,
    ...(username === undefined ? {} : { username }),
    ...(name === undefined ? {} : { name }),
    ...(state.kind === 'gone' ? {} : { dn: state.dn }),
    fields: [{ field: TOKENS, from: countTokens(user) }],
    reason: `The person ${why}; the user was signed out, and stays on.`,
  };
}
