import { Option } from '@commander-js/extra-typings';
import type { Asked } from '../../client/index.js';
import { ASKED_BY } from '../../models/asked-person.js';

export type AskedBy = (typeof ASKED_BY)[number];

export const byOption = () => new Option('--by <what>', 'what is given').choices(ASKED_BY);

/** Who is meant, as the API asks for one person. */
export function toAskedPerson(who: string, by: AskedBy = toAskedBy(who)): Asked<'explainUser'> {
  return { [by]: who };
}

/** A DN may hold an address, and no address holds a DN. */
function toAskedBy(who: string): AskedBy {
  if (/^\w[\w.-]*\s*=/.test(who)) return 'dn';
  return who.includes('@') ? 'email' : 'username';
}
