import { findSlapdLack } from '../../dev/slapd.js';
import { describeWith } from './describe-with.js';

/** A suite against OpenLDAP. */
export function describeWithSlapd(title: string, body: () => void): void {
  describeWith(findSlapdLack(), title, body);
}
