import type { DirectoryEntry } from '../directory/directory.js';
import { RIGHTS_ATTRIBUTE } from '../directory/effective-rights.js';

/**
 * Whether the server says that the service account may read an attribute of this entry. It answers with one value:
 * `uid:rsc, nsAccountLock:none`.
 */
export function mayRead({ attributes }: DirectoryEntry, name: string): boolean {
  const told = attributes.get(RIGHTS_ATTRIBUTE.toLowerCase())?.values ?? [];
  const wanted = name.toLowerCase();
  return told
    .flatMap((value) => value.toString('latin1').toLowerCase().split(','))
    .map((one) => one.trim().split(':'))
    .some(([attribute, rights = '']) => attribute === wanted && rights !== 'none' && rights.includes('r'));
}
