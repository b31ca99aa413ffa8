import type { Advice } from '../advice.js';
import { showInvisible } from '../invisible-characters.js';
import type { RefusedAddress } from './email-addresses.js';

/** More than this is not listed in a sentence. */
const MAX_LISTED = 3;
const MAX_SHOWN = 100;

const NO_ADDRESS: Advice = {
  code: 'no-email-address',
  params: {},
  reason: 'The entry has no e-mail address.',
  remedy:
    'Give the person a mail address in the directory, or set LDAP_Default_Domain to build one from ' +
    'the user name.',
};

/** Why an entry without a usable address cannot become a person. */
export function toAddressRejection(refused: readonly RefusedAddress[]): Advice {
  return toAdvice(refused) ?? NO_ADDRESS;
}

/** What is to be said of the values that were left out beside good ones. */
export function toAddressRemark(refused: readonly RefusedAddress[]): Advice | undefined {
  return toAdvice(refused.filter(({ isElsewhere }) => !isElsewhere));
}

function toAdvice(refused: readonly RefusedAddress[]): Advice | undefined {
  const [first] = refused;
  if (!first) return undefined;
  const listed = refused.slice(0, MAX_LISTED).map(describe).join('; ');
  const more = refused.length - MAX_LISTED;
  return {
    code: 'unusable-address',
    params: { source: first.source, address: toShown(first.value), why: first.why },
    reason: `${listed}${more > 0 ? `; and ${more} more` : ''}.`,
    remedy:
      first.source === 'LDAP_Default_Domain'
        ? 'Give the person a mail address in the directory, or make user names of an attribute without a ' +
          'domain, since LDAP_Default_Domain is put behind them.'
        : `Correct ${first.source} in the directory, or map another attribute.`,
  };
}

function describe({ source, value, why }: RefusedAddress): string {
  const verb = source === 'LDAP_Default_Domain' ? 'makes' : 'has';
  return `${source} ${verb} ${JSON.stringify(toShown(value))}, which is no e-mail address: ${why}`;
}

function toShown(value: string): string {
  return showInvisible(value.slice(0, MAX_SHOWN));
}
