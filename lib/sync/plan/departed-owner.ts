import { isActive } from '../../../models/active-user.js';
import { isFederated } from './merge-obstacles.js';
import type { NameOwner } from './name-owners.js';

/** Whether the owner of a name is linked and off, and so may have left. Only the directory knows. Pure. */
export function mayHaveLeft(owner: NameOwner): boolean {
  return owner.linked && !isActive(owner) && owner.type === 'user' && !isFederated(owner);
}
