import type { UserRecord } from '../../models/user.js';
import type { Directory, DirectoryEntry } from '../directory/directory.js';
import { identifyEntry, toAllIds } from '../mapping/ldap-identity.js';
import { withFormers } from '../mapping/former-ids.js';
import type { Settings } from '../settings/settings.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import type { PhotoDecoder } from './avatars/photo-decoder.js';
import { createEntrySearch } from './person/find-entry.js';
import { findSubject, type Subject } from './person/find-subject.js';
import { findStoredUser } from './person/find-user.js';
import type { FoundEntry } from './person/found-entry.js';
import { createNameFilters } from './person/name-filter.js';
import { findLinkedUser, userOf } from './plan/plan-page.js';
import { describeAbsence } from './removals/describe-absence.js';
import type { RunRooms } from './rooms/open-rooms.js';
import type { ActiveRun } from './run/active-run.js';
import { planPerson, readPerson } from './sweep/plan-person.js';
import type { UserStore } from './users/user-store.js';

interface Finding {
  readonly run: ActiveRun;
  readonly settings: SyncSettings;
  readonly stored: Settings;
  readonly users: UserStore;
  readonly directory: Directory;
  readonly decoder: PhotoDecoder;
  readonly clock: () => Date;
  readonly rooms: Pick<RunRooms, 'rooms' | 'memberships'>;
}

/**
 * The entry of the person who was asked for, found as `ldap.explainUser` finds it. `undefined`: there is not exactly
 * one that a sync would read and that belongs to that person; the report says so, and nobody is written.
 */
export async function findPerson(finding: Finding): Promise<DirectoryEntry | undefined> {
  const { run, settings, stored, users, directory } = finding;
  const { asked } = run;
  if (!asked) return undefined;
  const subject = await findSubject(asked, await findStoredUser(asked, users), {
    search: createEntrySearch(directory, settings, run.signal),
    filters: createNameFilters(settings.mapping, stored),
  });
  const tell = (message: string, remedy: string): undefined =>
    run.tally.problem({ message, remedy }) as undefined;
  if ('dns' in subject)
    return tell(
      `Several entries match, among them ${subject.dns.join(' and ')}, so nobody was synced.`,
      'Ask for one of them by its DN, and give each person their own user name and addresses in the directory.',
    );
  const { found, user } = subject;
  if (!found && !user)
    return tell(
      'Neither the directory nor the chat has this person, so nothing was changed.',
      'Look at the spelling, or ask by something else: username, email, dn or id.',
    );
  if (!found?.entry) return tell(...toAbsent(found, settings));
  const other = await findOther({ ...subject, entry: found.entry }, finding);
  if (other)
    return tell(
      `The entry ${found.entry.dn} belongs to another account (${other.username ?? other._id}), so nobody was synced.`,
      'Ask for that account, or give each person their own user name and addresses in the directory.',
    );
  if (found.group && found.group.state !== 'read')
    tell(
      'The group whose members are synced could not be read, so it is not known whether the person is in it.',
      'Look at what ldap.explainUser says of the group.',
    );
  return found.entry;
}

function toAbsent(
  found: FoundEntry | undefined,
  { groupFilter }: SyncSettings,
): readonly [message: string, remedy: string] {
  const remedy =
    'Nothing, if that is right: a sync of everybody decides about it, once it has read the whole directory.';
  if (!found) return ['No entry of the directory belongs to this account, so nothing was changed.', remedy];
  const { kind, dn = '' } = found;
  if (kind === 'present') return ['The entry cannot be read, so nothing was changed.', remedy];
  const where = kind === 'gone' ? { kind } : { kind, dn, group: groupFilter?.group ?? '' };
  return [`The person ${describeAbsence(where)}, so nothing was changed.`, remedy];
}

/** The account that the sync of the entry would be about, where that is not the one who was asked for. */
async function findOther(
  { user, entry }: Pick<Subject, 'user'> & { readonly entry: DirectoryEntry },
  { settings, users, rooms, decoder, clock }: Finding,
): Promise<UserRecord | undefined> {
  const { mapping } = settings;
  const identified = user && identifyEntry(entry, mapping.idAttributes);
  if (!identified) return undefined;
  const linked = await users.findLinked(toAllIds(withFormers(identified, entry, mapping)));
  const owner = findLinkedUser(identified, linked);
  if (owner && owner !== 'ambiguous') return owner._id === user._id ? undefined : owner;
  const { person } = readPerson(entry, settings);
  if (!person) return undefined;
  const { decision } = await planPerson(person, linked, { users, settings, rooms, decoder, clock });
  const about = decision.kind === 'conflict' ? undefined : userOf(decision);
  return about && about._id !== user._id ? about : undefined;
}
