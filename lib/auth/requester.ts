import type { Requester } from '../../models/run-report.js';
import type { Principal } from './principal.js';

/** Whoever is calling, as runs and changes of settings are recorded for. */
export function toRequester({ userId, username }: Principal): Requester {
  return { _id: userId, ...(username === undefined ? {} : { username }) };
}
