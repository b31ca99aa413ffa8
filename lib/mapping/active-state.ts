import type { DirectoryEntry } from '../directory/directory.js';
import { assertNothingDropped } from './attribute-text.js';

/** What an entry may say about being switched off: Novell, Oracle, 389-DS/FreeIPA, Active Directory. */
export const ACTIVE_STATE_ATTRIBUTES = [
  'loginDisabled',
  'orclIsEnabled',
  'nsAccountLock',
  'userAccountControl',
] as const;

/** ADS_UF_ACCOUNTDISABLE */
const ACCOUNT_DISABLED = 0x2;

/**
 * True when the directory says that this person may not sign in; of several values one is enough. A lockout
 * after wrong passwords is not meant: it passes. Throws `UnusableAttributeError` when it says something that was
 * too large to be read.
 */
export function isDisabled(entry: DirectoryEntry): boolean {
  const says = (name: string, isOff: (text: string) => boolean): boolean => {
    const attribute = entry.attributes.get(name);
    if (!attribute) return false;
    if (attribute.values.some((value) => isOff(toFlag(value)))) return true;
    assertNothingDropped(attribute, attribute.name);
    return false;
  };
  return (
    says('logindisabled', isTrue) ||
    says('nsaccountlock', isTrue) ||
    says('orclisenabled', (text) => text !== '' && text.toUpperCase() !== 'ENABLED') ||
    says('useraccountcontrol', (text) => (Number.parseInt(text, 10) & ACCOUNT_DISABLED) !== 0)
  );
}

function toFlag(value: Buffer): string {
  return value.subarray(0, 32).toString('latin1').trim();
}

function isTrue(text: string): boolean {
  return text !== '' && !/^(?:false|0|no)$/i.test(text);
}
