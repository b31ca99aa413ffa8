import type { FieldChange, RemovalRow } from '../../models/change-row.js';

/** A removal that waits, of a user who is linked by an id that is the user's. */
export function toRow(
  kind: RemovalRow['kind'],
  userId: string,
  fields: readonly FieldChange[] = [],
): RemovalRow {
  return {
    kind,
    outcome: kind === 'deactivate' ? 'deactivated' : 'updated',
    state: 'waiting',
    userId,
    ldapId: userId,
    idAttribute: 'uid',
    fields,
  };
}

export function toRename(userId: string, from: string | undefined, to: string): RemovalRow {
  return toRow('rename', userId, [{ field: 'username', ...(from === undefined ? {} : { from }), to }]);
}

export function toEmails(...addresses: readonly string[]): { address: string; verified: boolean }[] {
  return addresses.map((address) => ({ address, verified: true }));
}

export function toReaddress(userId: string, from: readonly string[], to: readonly string[]): RemovalRow {
  return toRow('clear', userId, [{ field: 'emails', from: toEmails(...from), to: toEmails(...to) }]);
}
