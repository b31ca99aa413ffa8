import type { Connection } from 'mongoose';
import { openCollection, type Collection } from './database.js';

/** What the chat server's audit says about access to rooms. */
export type ServerEventType = 'abac.subject.attribute.changed' | 'abac.action.performed';

/** A document of `rocketchat_server_events`: the audit of the host. */
export interface ServerEventRecord {
  /** 24 hex digits. */
  _id: string;
  t: ServerEventType;
  ts: Date;
  actor: { type: 'system' };
  data: readonly { readonly key: string; readonly value: unknown }[];
  _updatedAt: Date;
}

export function serverEventCollection(connection: Connection): Collection<ServerEventRecord> {
  return openCollection(connection, 'rocketchat_server_events');
}
