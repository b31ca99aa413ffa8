import type { Advice, AdviceCode, AdviceParams } from '../../advice.js';
import { isActive } from '../../../models/active-user.js';
import type { UserRecord } from '../../../models/user.js';
import type { Directory } from '../../directory/directory.js';
import { findDisabling } from '../../mapping/active-state.js';
import { toLdapIdentity, type LdapIdentity } from '../../mapping/ldap-identity.js';
import { mapEntry, toRequestedAttributes } from '../../mapping/map-entry.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { RemovalRow } from '../../../models/change-row.js';
import { diffUser, NO_DIFF, toActivation, toDiffSettings } from '../plan/diff.js';
import type { UserReader } from '../users/user-store.js';
import type { Confirmed } from './kinds/removal-kind.js';
import { KINDS } from './kinds/removal-kinds.js';
import { lookUpPeople, identityOf, type LookUpResult } from './look-up-people.js';

/** What a direct look-up says of a removal. */
export type Confirmation = Confirmed | ({ readonly confirmed: false } & Advice);

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
    users: Pick<UserReader, 'findById'>;
    settings: SyncSettings;
    signal: AbortSignal;
  },
): Promise<ReadonlyMap<RemovalRow, Confirmation>> {
  const lookedUp = await lookUpPeople(rows.map(identityOf), directory, {
    search: settings.search,
    attributes: toAttributesWithoutPhoto(settings),
    signal,
  });
  const stored = await users.findById([...new Set(rows.map(({ userId }) => userId))]);
  return new Map(
    rows.map((row) => {
      const where = lookedUp.get(row.ldapId);
      return [row, confirm(row, { where, user: stored.get(row.userId), settings })];
    }),
  );
}

const LOOK_AGAIN =
  'Nothing; if this returns with every run, ask the directory administrator why a search leaves this ' +
  'entry out.';
const UNLINKED = refuse('account-unlinked', 'The account is no longer linked to this entry.');
const SETTINGS_SAY_NO = refuse('settings-changed', 'The settings no longer ask for this.');

/** What is known now of the person a removal is about: where the entry is, and the user as stored. */
interface Facts<Where, User> {
  readonly where: Where;
  readonly user: User;
  readonly settings: SyncSettings;
}

function confirm(
  row: RemovalRow,
  { where, user, settings }: Facts<LookUpResult | undefined, UserRecord | undefined>,
): Confirmation {
  if (!user || !isLinkedTo(toLdapIdentity(user), row)) return UNLINKED;
  const { policy } = settings;
  if (!policy.syncUsers || !policy.keepUpdated) return SETTINGS_SAY_NO;
  if (where?.kind === 'present') return confirmPresent(row, { where, user, settings });
  if (where === undefined || !KINDS[row.kind].isConfirmedByAbsence)
    return refuse('entry-no-longer-synced', 'The entry is no longer among those that are synced.');
  // A disabled person whose entry has since gone is treated like a missing person.
  if (!policy.disableMissing) return SETTINGS_SAY_NO;
  return {
    confirmed: true,
    by: where.kind,
    reason: describeAbsence(where),
    ...(where.kind === 'gone' ? {} : { dn: where.dn }),
  };
}

/** The spelling of an attribute's name is no difference. */
function isLinkedTo(identity: LdapIdentity | undefined, { ldapId, idAttribute }: RemovalRow): boolean {
  return identity?.id === ldapId && identity.idAttribute.toLowerCase() === idAttribute.toLowerCase();
}

function confirmPresent(
  row: RemovalRow,
  { where: { entry, dn }, user, settings }: Facts<LookUpResult & { kind: 'present' }, UserRecord>,
): Confirmation {
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
  const diff = diffUser(mapped.person, user, toDiffSettings(settings));
  const now = KINDS[row.kind].confirm(row, diff);
  return 'refused' in now ? refuse('no-longer-wanted', now.refused) : { confirmed: true, ...now, dn };
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

/** Says where a person is who is no longer synced: "has left LDAP_BaseDN …". */
export function describeAbsence(where: Exclude<LookUpResult, { kind: 'present' }>): string {
  switch (where.kind) {
    case 'outside-filter':
      return `is no longer among those LDAP_User_Search_Filter asks for (the entry is ${where.dn})`;
    case 'outside-base':
      return `has left LDAP_BaseDN (the entry is now ${where.dn})`;
    case 'gone':
      return 'is no longer in the directory';
  }
}

function refuse(code: AdviceCode, reason: string, params: AdviceParams = {}): Confirmation {
  return { confirmed: false, code, params, reason, remedy: LOOK_AGAIN };
}
