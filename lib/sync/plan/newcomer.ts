import type { Person } from '../../mapping/map-entry.js';

/** A person who is not linked yet, with the user name that a new user would have. */
export interface Newcomer {
  readonly person: Person;
  readonly username: string;
}
