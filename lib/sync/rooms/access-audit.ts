import { mongo } from 'mongoose';
import { serverEventCollection, type ServerEventRecord } from '../../../models/server-event.js';
import { toAbacDiff } from '../plan/abac-values.js';
import { within } from '../run/transaction.js';
import type { RoomScene } from './room-scene.js';

/** A user, as the audit names one. */
export interface Subject {
  readonly _id: string;
  readonly username?: string | undefined;
}

/** What the audit tells of access to rooms. */
export type AccessEvent =
  | {
      readonly kind: 'attributes';
      readonly subject: Subject;
      /** The ABAC attributes of the user. */
      readonly before: unknown;
      readonly after: unknown;
    }
  | {
      readonly kind: 'revoked';
      readonly subject: Subject;
      readonly room: { readonly rid: string; readonly name?: string | undefined };
    };

const REASON = 'ldap-sync';

/** Writes down, as Rocket.Chat does, what has changed; attributes that have not changed are no event. */
export async function auditAccess(
  events: readonly AccessEvent[],
  { connection, tx, now }: Pick<RoomScene, 'connection' | 'tx' | 'now'>,
): Promise<void> {
  const records = events.flatMap((event) => toRecord(event, now));
  if (records.length > 0) await serverEventCollection(connection).insertMany(records, within(tx));
}

function toRecord(event: AccessEvent, now: Date): readonly ServerEventRecord[] {
  const { _id, username } = event.subject;
  const subject = { _id, ...(username === undefined ? {} : { username }) };
  if (event.kind === 'attributes') {
    const diff = toAbacDiff(event.before, event.after);
    const data = { subject, reason: REASON, diff };
    return diff.length === 0 ? [] : [record('abac.subject.attribute.changed', data, now)];
  }
  const { rid, name } = event.room;
  const object = { _id: rid, ...(name === undefined ? {} : { name }) };
  const data = { action: 'revoked-object-access', reason: REASON, subject, object };
  return [record('abac.action.performed', data, now)];
}

function record(t: ServerEventRecord['t'], data: object, now: Date): ServerEventRecord {
  return {
    _id: new mongo.ObjectId().toHexString(),
    t,
    ts: now,
    actor: { type: 'system' },
    data: Object.entries(data).map(([key, value]: [string, unknown]) => ({ key, value })),
    _updatedAt: now,
  };
}
