import { findAddressFault } from '../address-syntax.js';
import { findInvisible } from '../invisible-characters.js';
import { toComposed } from './name-keys.js';

/** What a value that should be an e-mail address is. */
export type ParsedAddress =
  | {
      readonly kind: 'address';
      /** Composed (NFC). */
      readonly address: string;
      /** Set where the directory writes it in another form: nobody is merged by what was made of it. */
      readonly written: string | undefined;
      /** Said to be the main one, as Active Directory's `SMTP:` in capitals does. */
      readonly isPrimary: boolean;
    }
  /** `isElsewhere`: an address of another system, by its own words (`sip:`, `X500:`). */
  | { readonly kind: 'refused'; readonly why: string; readonly isElsewhere: boolean };

const SCHEME = /^([a-z][a-z0-9.+-]{0,30}):(.*)$/is;

/**
 * The strict reading of an address, whether it was read or built. Two ways of writing one down are understood:
 * with its kind in front (`SMTP:`, `smtp:`, `mailto:`), and in angle brackets.
 */
export function parseAddress(text: string): ParsedAddress {
  const [, scheme = '', rest = text] = SCHEME.exec(text) ?? [];
  const kind = scheme.toLowerCase();
  if (kind !== '' && kind !== 'smtp' && kind !== 'mailto')
    return { kind: 'refused', why: `it is an address of another kind (${scheme})`, isElsewhere: true };
  // What is escaped in a URL may be anything.
  if (kind === 'mailto' && rest.includes('%')) return refused('it is a URL with escaped characters');
  const bare = /^<(.*)>$/s.exec(rest)?.[1] ?? rest;
  const invisible = findInvisible(bare);
  if (invisible !== undefined) return refused(`it holds the invisible character ${invisible}`);
  if (/[\s\u0085]/.test(bare)) return refused('it holds a blank');
  const fault = findAddressFault(bare);
  if (fault !== undefined) return refused(fault);
  const address = toComposed(bare);
  return {
    kind: 'address',
    address,
    written: address === bare ? undefined : bare,
    isPrimary: scheme === 'SMTP',
  };
}

function refused(why: string): ParsedAddress {
  return { kind: 'refused', why, isElsewhere: false };
}
