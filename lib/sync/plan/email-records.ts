import { toReadableEmails, type EmailRecord } from '../../../models/user.js';

/** The addresses as Rocket.Chat stores them; an address that is verified stays verified. */
export function toEmailRecords(
  addresses: readonly string[],
  stored: readonly EmailRecord[] | undefined,
  verified: boolean,
): EmailRecord[] {
  const known = toReadableEmails(stored);
  return addresses.map((address) => ({
    address,
    verified:
      verified ||
      known.find((email) => email.address.toLowerCase() === address.toLowerCase())?.verified === true,
  }));
}

export function areSameEmails(wanted: readonly EmailRecord[], stored: unknown): boolean {
  return (
    Array.isArray(stored) &&
    stored.length === wanted.length &&
    wanted.every(({ address, verified }, index) => {
      const other = stored[index] as Partial<EmailRecord> | undefined;
      return other?.address === address && other.verified === verified;
    })
  );
}

/** An address that only changes its case is not lost: people read both spellings as the same address. */
export function isAddressLost(wanted: readonly EmailRecord[], stored: unknown): boolean {
  const kept = new Set(wanted.map(({ address }) => address.toLowerCase()));
  return toReadableEmails(stored).some(({ address }) => !kept.has(address.toLowerCase()));
}
