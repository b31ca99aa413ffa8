import type { ReadStatus } from '../lib/watch/status.js';
import type { Handle } from './handler.js';
import { ok } from './reply.js';
import { cutTexts } from './run-body.js';

const MAX_PROBLEMS = 100;

/** `GET ldap.status`: how the sync is doing. */
export function createStatus({ readStatus }: { readonly readStatus: ReadStatus }): Handle<'status'> {
  return async () => {
    const { held, settings, directory, accounts, ...status } = await readStatus();
    // A message may repeat a setting, however long that is.
    const problems = settings.problems.slice(0, MAX_PROBLEMS).map(cutTexts);
    return ok({
      ...status,
      held: held && cutTexts(held),
      settings: { ...settings, problems },
      directory: { ...directory, problems: directory.problems.map(cutTexts) },
      accounts: accounts.map(cutTexts),
    });
  };
}
