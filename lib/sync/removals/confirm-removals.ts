import type { RemovalRow } from '../../../models/change-row.js';
import type { UserRecord } from '../../../models/user.js';
import type { Directory } from '../../directory/directory.js';
import { mapEntry, toRequestedAttributes } from '../../mapping/map-entry.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import { createBelongingCheck } from '../belonging/belonging-check.js';
import type { NameOwners } from '../plan/name-owners.js';
import { toNameRules, type NameRules } from '../plan/name-refusal.js';
import type { UserReader } from '../users/user-store.js';
import { confirmAbsence } from './confirm-absence.js';
import { confirmPresent } from './confirm-present.js';
import { refuse, SETTINGS_SAY_NO, type Confirmation } from './confirmation.js';
import type { TakenGrant } from './kinds/removal-kind.js';
import { KINDS } from './kinds/removal-kinds.js';
import { lookUpPeople, type LookUpKind, type LookUpResult } from './look-up-people.js';
import type { MembershipRules } from '../rooms/membership-rules.js';
import { identityOf } from './row-identity.js';
import { findWithheld, toAskedGrants } from './taken-grants.js';

/** What is asked for a person who is looked up: everything but the photo. */
export function toAttributesWithoutPhoto({ mapping }: SyncSettings): readonly string[] {
  return toRequestedAttributes({ ...mapping, photoAttributes: [] });
}

interface Dependencies {
  readonly directory: Directory;
  readonly users: Pick<UserReader, 'findById' | 'findNameOwners' | 'findTeams'>;
  readonly settings: SyncSettings;
  readonly memberships: MembershipRules;
  readonly signal: AbortSignal;
}

/**
 * Looks up again every person who is to lose something, and says for each row whether its reason still holds:
 * the person is still missing, disabled, renamed, without the field, or half of the same pair.
 */
export async function confirmRemovals(
  rows: readonly RemovalRow[],
  { directory, users, settings, memberships, signal }: Dependencies,
): Promise<ReadonlyMap<RemovalRow, Confirmation>> {
  const grants = toAskedGrants(rows, settings.grants);
  const lookedUp = await lookUpPeople(rows.map(identityOf), directory, {
    search: settings.search,
    attributes: toAttributes(rows, settings),
    signal,
    check: createBelongingCheck({ ...settings, grants }, { directory, signal }),
  });
  const withheld = await findWithheld(rows, lookedUp);
  const formers = await lookUpFormers(rows, directory, { settings, signal });
  const stored = await users.findById([...new Set(rows.map(({ userId }) => userId))]);
  const owners = await readOwners(rows, lookedUp, { users, settings });
  const nameRules = toNameRules(settings.usernames, await users.findTeams(rows.flatMap(toWantedUsernames)));
  return new Map(
    rows.map((row) => {
      const where = lookedUp.get(row.ldapId);
      const former = formers.get(row.formerly?.ldapId ?? '')?.kind;
      const user = stored.get(row.userId);
      const known = { owners, settings, memberships, nameRules, withheld: withheld.get(row) ?? [] };
      return [row, confirm(row, { where, former, user, ...known })];
    }),
  );
}

/** With what users are linked by of which the entry has another by now. */
function toAttributes(rows: readonly RemovalRow[], settings: SyncSettings): readonly string[] {
  const formers = rows.flatMap(({ formerly }) => formerly?.idAttribute ?? []);
  const mapped = rows.some(({ kind }) => KINDS[kind].isAboutPhotos)
    ? toRequestedAttributes(settings.mapping)
    : toAttributesWithoutPhoto(settings);
  return [...new Set([...mapped, ...formers])];
}

/** Looks for the entries that the accounts of pairs are linked to. */
async function lookUpFormers(
  rows: readonly RemovalRow[],
  directory: Directory,
  { settings, signal }: Pick<Dependencies, 'settings' | 'signal'>,
): Promise<ReadonlyMap<string, LookUpResult>> {
  const formers = rows.flatMap(({ pair, formerly }) => (pair && formerly ? identityOf(formerly) : []));
  if (formers.length === 0) return new Map<string, LookUpResult>();
  return lookUpPeople(formers, directory, { search: settings.search, attributes: [], signal });
}

/** Who has the names of the entries that accounts are to be connected with. */
async function readOwners(
  rows: readonly RemovalRow[],
  lookedUp: ReadonlyMap<string, LookUpResult>,
  { users, settings }: Pick<Dependencies, 'users' | 'settings'>,
): Promise<NameOwners> {
  const people = rows.flatMap((row) => {
    const where = lookedUp.get(row.ldapId);
    if (!KINDS[row.kind].connects?.(row) || where?.kind !== 'present') return [];
    const mapped = mapEntry(where.entry, identityOf(row), settings.mapping);
    return 'person' in mapped ? mapped.person : [];
  });
  if (people.length === 0) return { usernames: new Map(), emails: new Map() };
  const usernames = people.map(({ username, id }) => username ?? id);
  return users.findNameOwners(
    usernames,
    people.flatMap(({ emails }) => emails),
  );
}

interface Facts {
  readonly where: LookUpResult | undefined;
  /** Where the entry is that the account of a pair is linked to. */
  readonly former: LookUpKind | undefined;
  readonly user: UserRecord | undefined;
  readonly owners: NameOwners;
  readonly settings: SyncSettings;
  readonly nameRules: NameRules;
  readonly withheld: readonly TakenGrant[];
  readonly memberships: MembershipRules;
}

function confirm(row: RemovalRow, { where, user, ...others }: Facts): Confirmation {
  const { link, isAllowedBy } = KINDS[row.kind];
  if (!user || !link.isMet(row, user)) return refuse('account-unlinked', link.otherwise);
  const { settings } = others;
  if (!isAllowedBy(settings, row)) return SETTINGS_SAY_NO;
  if (where?.kind === 'present') return confirmPresent(row, { where, user, ...others });
  return confirmAbsence(row, where, settings.policy);
}

function toWantedUsernames(row: RemovalRow): readonly string[] {
  const { exchange } = KINDS[row.kind];
  return exchange?.names === 'usernames' ? exchange.wants(row) : [];
}
