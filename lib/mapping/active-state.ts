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
 * True when the directory says that this person may not sign in. A lockout after wrong passwords is not
 * meant: it passes. Throws `UnusableAttributeError` when it says something that was too large to be read.
 */
export function isDisabled(entry: DirectoryEntry): boolean {
  const first = (name: string): string => {
    const attribute = entry.attributes.get(name);
    if (attribute && attribute.values.length === 0) assertNothingDropped(attribute, attribute.name);
    return attribute?.values[0]?.subarray(0, 32).toString('latin1').trim() ?? '';
  };
  const orclIsEnabled = first('orclisenabled');
  return (
    isTrue(first('logindisabled')) ||
    isTrue(first('nsaccountlock')) ||
    (orclIsEnabled !== '' && orclIsEnabled.toUpperCase() !== 'ENABLED') ||
    (Number.parseInt(first('useraccountcontrol'), 10) & ACCOUNT_DISABLED) !== 0
  );
}

function isTrue(text: string): boolean {
  return text !== '' && !/^(?:false|0|no)$/i.test(text);
}
