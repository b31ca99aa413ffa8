import type { Connection } from 'mongoose';
import type { ActiveRun } from '../run/active-run.js';
import { removeMarks } from './remove-marks.js';
import { findUserIds } from './user-mark.js';
import type { UserStore } from './user-store.js';

/** What versions before transactions left at users whom they were writing. */
const MARKS = ['ldapSync.claim', 'ldapSync.takenByRun'] as const;

interface Dependencies {
  readonly connection: Connection;
  readonly users: UserStore;
}

/** Takes the marks of earlier versions off users: once for each database, by the first run that writes. */
export async function cleanOldMarks(run: ActiveRun, { connection, users }: Dependencies): Promise<void> {
  if (run.isFreeOfMarks) return;
  const marked = { $or: MARKS.map((path) => ({ [path]: { $exists: true } })) };
  await removeMarks(await findUserIds(connection, marked), MARKS, { users, run });
  await run.markFreeOfMarks();
}
