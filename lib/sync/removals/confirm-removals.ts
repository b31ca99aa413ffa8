import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import type { Directory } from '../../directory/directory.js';
import { findDisabling } from '../../mapping/active-state.js';
import { toLdapIdentity, type LdapIdentity } from '../../mapping/ldap-identity.js';
import { mapEntry, toRequestedAttributes } from '../../mapping/map-entry.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { RemovalRow } from '../../../models/change-row.js';
import { createBelongingCheck } from '../belonging/belonging.js';
import { diffUser, NO_DIFF, toActivation } from '../plan/diff.js';
import { toNameRules, type NameRules } from '../plan/name-refusal.js';
import type { UserReader } from '../users/user-store.js';
import { confirmAbsence } from './confirm-absence.js';
import { MEMBERSHIP_UNKNOWN, refuse, SETTINGS_SAY_NO, UNLINKED, type Confirmation } from './confirmation.js';
import { KINDS } from './kinds/removal-kinds.js';
import { lookUpPeople, identityOf, type LookUpResult } from './look-up-people.js';

/** What is asked for a person who is looked up: everything but the photo. */
export function toAttributesWithoutPhoto({ mapping }: SyncSettings): readonly string[] {
  return toRequestedAttributes({ ...mapping, photoAttributes: [] });
}

/**
 * Looks up again every person who is to lose something, and says for each row whether its reason still holds:
 * the person is still missing, disabled, renamed or without the field.
 */
export async function confirmRemovals(
  rows: readonly RemovalRow[],
  {
    directory,
    users,
    settings,
    signal,
  }: {
    directory: Directory;
    users: Pick<UserReader, 'findById' | 'findTeams'>;
    settings: SyncSettings;
    signal: AbortSignal;
  },
): Promise<ReadonlyMap<RemovalRow, Confirmation>> {
  const lookedUp = await lookUpPeople(rows.map(identityOf), directory, {
    search: settings.search,
    attributes: rows.some(({ kind }) => KINDS[kind].isAboutPhotos)
      ? toRequestedAttributes(settings.mapping)
      : toAttributesWithoutPhoto(settings),
    signal,
    check: createBelongingCheck(settings, { directory, signal }),
  });
  const stored = await users.findById([...new Set(rows.map(({ userId }) => userId))]);
  const teams = await users.findTeams(rows.flatMap(toWantedUsernames));
  const nameRules = toNameRules(settings.usernames, teams);
  return new Map(
    rows.map((row) => {
      const where = lookedUp.get(row.ldapId);
      return [row, confirm(row, { where, user: stored.get(row.userId), settings, nameRules })];
    }),
  );
}

/** What is known now of the person a removal is about: where the entry is, and the user as stored. */
interface Facts<Where, User> {
  readonly where: Where;
  readonly user: User;
  readonly settings: SyncSettings;
  readonly nameRules: NameRules;
}

function confirm(
  row: RemovalRow,
  { where, user, ...others }: Facts<LookUpResult | undefined, UserRecord | undefined>,
): Confirmation {
  if (!user || !isLinkedTo(toLdapIdentity(user), row)) return UNLINKED;
  const { settings } = others;
  if (!isAskedFor(row, settings)) return SETTINGS_SAY_NO;
  if (where?.kind === 'present') return confirmPresent(row, { where, user, ...others });
  return confirmAbsence(row, where, settings.policy);
}

function toWantedUsernames(row: RemovalRow): readonly string[] {
  const { exchange } = KINDS[row.kind];
  return exchange?.names === 'usernames' ? exchange.wants(row) : [];
}

function isAskedFor({ kind }: RemovalRow, { policy, mapping }: SyncSettings): boolean {
  if (KINDS[kind].isAboutPhotos) return mapping.photoAttributes.length > 0;
  return policy.syncUsers && policy.keepUpdated;
}

/** The spelling of an attribute's name is no difference. */
function isLinkedTo(identity: LdapIdentity | undefined, { ldapId, idAttribute }: RemovalRow): boolean {
  return identity?.id === ldapId && identity.idAttribute.toLowerCase() === idAttribute.toLowerCase();
}

function confirmPresent(
  row: RemovalRow,
  { where, user, settings, nameRules }: Facts<LookUpResult & { kind: 'present' }, UserRecord>,
): Confirmation {
  const { entry, dn } = where;
  if (row.because === 'missing-from-directory' && where.isMembershipUnknown) return MEMBERSHIP_UNKNOWN;
  if (row.because === 'missing-from-directory')
    return refuse(
      'present-after-all',
      'The person is in the directory after all, as a direct look-up shows; the user stays on.',
    );
  const mapped = mapEntry(entry, identityOf(row), settings.mapping);
  const disabledBy = findDisabling(entry, settings.mapping);
  if ('rejection' in mapped && KINDS[row.kind].isConfirmedByState && disabledBy !== undefined)
    return confirmState(row, { dn, user, settings, disabledBy });
  if ('rejection' in mapped)
    return refuse('entry-unreadable', `The entry cannot be read any more: ${mapped.rejection.reason}`, {
      cause: mapped.rejection.code,
      ...mapped.rejection.params,
    });
  const diff = diffUser(mapped.person, user, {
    emailsVerified: settings.newUser.emailsVerified,
    activeState: settings.policy.activeState,
  });
  const now = KINDS[row.kind].confirm(row, diff);
  if ('refused' in now) return refuse('no-longer-wanted', now.refused);
  const refusal = KINDS[row.kind].findRefusal?.(row, nameRules);
  return refusal ? { confirmed: false, ...refusal } : { confirmed: true, ...now, dn };
}

/** Of an entry that cannot be mapped, what it says of being disabled still counts. */
function confirmState(
  row: RemovalRow,
  {
    dn,
    user,
    settings,
    disabledBy,
  }: {
    readonly dn: string;
    readonly user: UserRecord;
    readonly settings: SyncSettings;
    readonly disabledBy: string;
  },
): Confirmation {
  const activation = toActivation(true, isActive(user), settings.policy.activeState);
  const now = KINDS[row.kind].confirm(row, { ...NO_DIFF, activation, disabledBy });
  return 'refused' in now ? refuse('no-longer-wanted', now.refused) : { confirmed: true, ...now, dn };
}
