import { findSambaLack } from '../../dev/samba.js';
import { describeWith } from './describe-with.js';

/** A suite against Samba as an Active Directory. */
export function describeWithSamba(title: string, body: () => void): void {
  describeWith(findSambaLack(), title, body);
}
