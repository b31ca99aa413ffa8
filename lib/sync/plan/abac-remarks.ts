import type { UserRecord } from '../../../models/user.js';
import type { Advice } from '../../advice.js';
import type { Person } from '../../mapping/map-entry.js';
import { isAbacTaken } from './abac-values.js';

/** Why ABAC attributes of a person stay as they are. Pure. */
export function toAbacRemarks(
  { abac, abacRemarks }: Person,
  user: Pick<UserRecord, 'abacAttributes'> | undefined,
): readonly Advice[] {
  const remarks = [...(abacRemarks?.values() ?? [])];
  return abac && isAbacTaken(user?.abacAttributes) ? [...remarks, IN_THE_WAY] : remarks;
}

const IN_THE_WAY: Advice = {
  code: 'abac-attributes-in-the-way',
  params: {},
  reason: 'The ABAC attributes stay as they are: the user has something there that is no list.',
  remedy: 'Look at abacAttributes of the user in the database, and mend it.',
};
