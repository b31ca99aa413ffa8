import type { DemoDirectory } from './demo-directory.js';
import type { People } from './people.js';

/** A filter that leaves most people out, and what is told of it. */
export interface Mistake {
  readonly filter: string;
  readonly story: readonly string[];
  /** The user name of somebody who has really left. Absent: nobody has. */
  readonly leaver?: string;
  /** What happens before the approval is taken back; in sentences. */
  readonly comeBack: (who: string) => readonly string[];
}

const LEAVER = 'ines.kovac';
/** What Rocket.Chat stores by itself. */
const EVERYBODY = '(objectclass=*)';
/** A part of a DN that means the same in a filter. */
const PLAIN_RDN = /^([a-z][a-z0-9-]*)=([a-z0-9][a-z0-9 ._-]*),/i;
/** Fewer than these are no list. */
const FEWEST_PEOPLE = 4;

/**
 * In the embedded directory somebody leaves meanwhile; one's own is only read. `undefined`: there are too few
 * people to hold anything.
 */
export function planMistake({ embedded, settings }: DemoDirectory, people: People): Mistake | undefined {
  const filter = String(settings.LDAP_User_Search_Filter ?? EVERYBODY);
  if (embedded) {
    const leaver = embedded.people.get(LEAVER);
    embedded.people.remove(LEAVER);
    return {
      filter: `(&${filter}(ou=Research))`,
      story: [
        'Somebody wants to look at Research alone, and saves a filter that leaves out everybody else.',
        'On the same day Ines Kovač leaves.',
      ],
      leaver: LEAVER,
      comeBack(who) {
        embedded.people.add(leaver);
        return [`${who} is in the directory again: it was a leave, no farewell.`];
      },
    };
  }
  const rdn = [...people.values()].map(({ dn }) => PLAIN_RDN.exec(dn)).find((match) => match !== null);
  if (!rdn || people.size < FEWEST_PEOPLE) return undefined;
  return {
    filter: `(&${filter}(${rdn[1]}=${rdn[2]}))`,
    story: [
      'Somebody saves a filter that leaves out almost everybody. Your directory is not touched: only the',
      'settings of the demo change, and the database that goes away at its end.',
    ],
    comeBack: (who) => [`That was a mistake, too: ${who} has not left.`],
  };
}
