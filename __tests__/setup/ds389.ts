import { findDs389Lack } from '../../dev/ds389.js';
import { describeWith } from './describe-with.js';

/** A suite against 389 Directory Server. */
export function describeWithDs389(title: string, body: () => void): void {
  describeWith(findDs389Lack(), title, body);
}
