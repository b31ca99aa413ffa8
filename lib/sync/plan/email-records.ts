import { toReadableEmails, type EmailRecord } from '../../../models/user.js';
import type { Person } from '../../mapping/map-entry.js';
import { toAddressForm, toAddressKey } from '../../mapping/name-keys.js';

/** The addresses as Rocket.Chat stores them; an address that is verified stays verified. */
export function toEmailRecords(
  addresses: readonly string[],
  stored: readonly EmailRecord[] | undefined,
  verified: boolean,
): EmailRecord[] {
  const isVerified = new Set(
    toReadableEmails(stored)
      .filter((email) => (email.verified as unknown) === true)
      .map(({ address }) => toAddressKey(address)),
  );
  return addresses.map((address) => ({
    address,
    verified: verified || isVerified.has(toAddressKey(address)),
  }));
}

/**
 * The addresses of a person in the order and the spelling that the user has them in, new ones last. The values of
 * an attribute have no order; only an address that the entry itself names as the main one goes first.
 */
export function arrangeAddresses(
  { emails, primaryAddress, alternatives, hasBuiltAddress }: Person,
  stored: unknown,
): readonly string[] {
  const own = toReadableEmails(stored).map(({ address }) => address);
  if (own.length === 0) return emails;
  if (hasBuiltAddress)
    return [toStandingBuilt(own, alternatives?.get('emails') ?? emails) ?? emails[0] ?? ''];
  const missing = new Map(emails.map((address) => [toAddressKey(address), address]));
  const spelt = new Set((alternatives?.get('emails') ?? emails).map(toAddressForm));
  const kept: string[] = [];
  for (const address of own) {
    const key = toAddressKey(address);
    const wanted = missing.get(key);
    if (wanted === undefined) continue;
    missing.delete(key);
    kept.push(spelt.has(toAddressForm(address)) ? address : wanted);
  }
  const arranged = [...kept, ...missing.values()];
  const main = primaryAddress === undefined ? undefined : toAddressKey(primaryAddress);
  return main === undefined ? arranged : arranged.sort((one, other) => rank(one, main) - rank(other, main));
}

/** Built of a user name that the entry still has. */
function toStandingBuilt(own: readonly string[], built: readonly string[]): string | undefined {
  const keys = new Set(built.map(toAddressKey));
  return own.find((address) => keys.has(toAddressKey(address)));
}

function rank(address: string, main: string): number {
  return toAddressKey(address) === main ? 0 : 1;
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

/** An address in another spelling is not lost. */
export function isAddressLost(wanted: readonly EmailRecord[], stored: unknown): boolean {
  const kept = new Set(wanted.map(({ address }) => toAddressKey(address)));
  return toReadableEmails(stored).some(({ address }) => !kept.has(toAddressKey(address)));
}
