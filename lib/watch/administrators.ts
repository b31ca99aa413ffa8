import type { Connection } from 'mongoose';
import { ACTIVE_USER } from '../../models/active-user.js';
import { isOneAddress } from '../mail-lines.js';
import { toReadableEmails, userCollection } from '../../models/user.js';

/** The addresses that administrators are reached at. Rejects when the database does. */
export type ReadRecipients = () => Promise<readonly string[]>;

const MAX_RECIPIENTS = 50;

/** The verified addresses of the active users with the role `admin`, each once, at most 50. */
export function createReadAdministrators({
  connection,
}: {
  readonly connection: Connection;
}): ReadRecipients {
  const users = () => userCollection(connection);

  return async () => {
    const administrators = await users()
      .find(
        { roles: 'admin', 'roles.0': { $exists: true }, ...ACTIVE_USER, 'emails.verified': true },
        { projection: { emails: 1 } },
      )
      .sort({ _id: 1 })
      .limit(MAX_RECIPIENTS)
      .toArray();
    const addresses = administrators
      .flatMap(({ emails }) => toReadableEmails(emails))
      .filter(({ address, verified }) => (verified as unknown) === true && isOneAddress(address))
      .map(({ address }) => address);
    const byFolded = new Map(addresses.map((address) => [address.toLowerCase(), address]));
    return [...byFolded.values()].slice(0, MAX_RECIPIENTS);
  };
}
