import { domainToASCII } from 'node:url';
import { withoutInvisible } from '../invisible-characters.js';

const ASCII = /^[\0-\x7f]*$/;

/**
 * Composed (NFC), but for the three characters that composing would turn into ASCII: the Kelvin sign is no K to
 * a mail system, and a user name with it is not the one with a K.
 */
export function toComposed(text: string): string {
  return ASCII.test(text) ? text : text.replace(/[^\u037e\u1fef\u212a]+/g, (part) => part.normalize('NFC'));
}

/**
 * The key under which owners of user names and addresses are found. It is wide: texts that people may take for
 * each other have one key (any case of any script, composed or decomposed, a domain in Unicode or in punycode,
 * with or without invisible characters). So it may show that a name is taken. It must never decide that two
 * accounts are the same person: different mailboxes may share a key.
 */
export function toNameKey(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  const { local, domain } = split(withoutInvisible(text));
  return foldWide(local) + foldDomain(domain);
}

/**
 * The key by which addresses of one user are the same. It is narrow: no letter outside ASCII becomes one of
 * ASCII in a name (the Kelvin sign stays what it is), so that a `verified` flag goes to no other mailbox.
 */
export function toAddressKey(address: string): string {
  if (ASCII.test(address)) return address.toLowerCase();
  const { local, domain } = split(address);
  return foldNarrow(toComposed(local)) + foldDomain(domain);
}

/** The address in one encoding, in its own case: composed, and a domain that is not ASCII in punycode. */
export function toAddressForm(address: string): string {
  if (ASCII.test(address)) return address;
  const { local, domain } = split(address);
  return toComposed(local) + (ASCII.test(domain) ? domain : foldDomain(domain));
}

/** A domain as the mail system looks it up. */
export function toDomainKey(domain: string): string {
  return foldDomain(`@${domain}`).slice(1);
}

/** `domain` begins with the `@`; a user name has none. */
function split(text: string): { readonly local: string; readonly domain: string } {
  const at = text.lastIndexOf('@');
  return at === -1 ? { local: text, domain: '' } : { local: text.slice(0, at), domain: text.slice(at) };
}

function foldDomain(domain: string): string {
  if (ASCII.test(domain)) return domain.toLowerCase();
  const ascii = domainToASCII(domain.slice(1));
  return ascii === '' ? foldWide(domain) : `@${ascii}`;
}

/** Lower case by way of upper case, in which more letters have one form (ß, the two small sigmas). */
function foldWide(text: string): string {
  return text.normalize('NFC').toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}

function foldNarrow(text: string): string {
  return text.replace(/[A-Z]|[^\0-\x7f]/gu, (letter) => {
    const lower = letter.toLowerCase();
    return ASCII.test(letter) || !/[\0-\x7f]/.test(lower) ? lower : letter;
  });
}

/** A DN without what a server may spell in two ways: case, and blanks beside its separators. */
export function toDNKey(dn: string): string {
  return dn
    .normalize('NFC')
    .toLowerCase()
    .replace(/ *([,;+=]) */g, '$1');
}
