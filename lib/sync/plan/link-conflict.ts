import type { Advice } from '../../advice.js';
import { showInvisible } from '../../invisible-characters.js';
import type { Person } from '../../mapping/map-entry.js';
import type { NameOwner } from './name-owners.js';
import { isForDecision, type MergeObstacle } from './merge-obstacle.js';
import { isFederated } from './merge-obstacles.js';

/** An account that has something of what an entry says. */
export interface OtherAccount {
  readonly account: NameOwner;
  readonly username?: string;
  /** The first of the entry's addresses that it has. */
  readonly address?: string;
}

/** Whether the settings want merging, and what stands in the way of it. */
interface Merging {
  readonly mergeExisting: boolean;
  readonly obstacles: readonly MergeObstacle[];
  /** The two wait as a pair for somebody's decision. */
  readonly isWaiting: boolean;
}

/** More than this is not listed in a sentence. */
const MAX_LISTED = 5;

/** Why a person becomes neither a new user nor an account that is there, and how to go on. Pure. */
export function toLinkConflict(
  person: Person,
  owners: readonly OtherAccount[],
  { mergeExisting, obstacles, isWaiting }: Merging,
): Advice {
  const [owner, another] = owners;
  if (!owner) throw new TypeError('A conflict is with somebody.');
  if (another) return toConflictWithSeveral(owners);
  const what = toShared(owner);
  const belong = owner.username !== undefined && owner.address !== undefined ? 'belong' : 'belongs';
  const why =
    mergeExisting && obstacles.length > 0
      ? ` It is not connected with the entry: ${obstacles.map(({ reason }) => reason).join('; ')}.`
      : '';
  const { username, address } = owner;
  return {
    code: isWaiting ? 'merge-needs-decision' : 'names-belong-to-another',
    params: {
      ...(username === undefined ? {} : { username }),
      ...(address === undefined ? {} : { address }),
      account: describe(owner.account),
      ...(mergeExisting ? { obstacles: obstacles.map(({ code }) => code).join(', ') } : {}),
    },
    reason: `T${what.slice(1)} ${belong} to another account (${describe(owner.account)}).${why}`,
    remedy: toRemedy(person, owner, { mergeExisting, obstacles, isWaiting }),
  };
}

function toConflictWithSeveral(owners: readonly OtherAccount[]): Advice {
  const listed = owners
    .slice(0, MAX_LISTED)
    .map((owner) => `${toShared(owner)} to ${describe(owner.account)}`);
  const more = owners.length > MAX_LISTED ? `, and ${owners.length - MAX_LISTED} more` : '';
  return {
    code: 'names-belong-to-several',
    params: { accounts: listed.join(', '), more: Math.max(0, owners.length - MAX_LISTED) },
    reason: `What the entry says belongs to several accounts: ${listed.join(', ')}${more}.`,
    remedy:
      'Leave the user name and the addresses of the entry to one account at most, or change them in ' +
      'the directory.',
  };
}

/** The conflict between a linked user and the account that has one of the user's new addresses. */
export function toAddressConflict({
  account,
  address,
}: Required<Pick<OtherAccount, 'account' | 'address'>>): Advice {
  return {
    code: 'address-belongs-to-another',
    params: { address, account: describe(account) },
    reason: `The address ${address} belongs to another account (${describe(account)}).`,
    remedy: 'Change the address of one of the two.',
  };
}

function toRemedy(
  person: Person,
  owner: OtherAccount,
  { mergeExisting, obstacles, isWaiting }: Merging,
): string {
  const change = toChange(owner);
  if (isWaiting) return toDecide(change, obstacles);
  if (obstacles.length === 0 && person.homeServer === undefined)
    return `${change}, or switch LDAP_Merge_Existing_Users on to connect this account with the entry.`;
  const { account } = owner;
  const byHand = `link the account by hand (services.ldap of ${account._id}: ${toLink(person)})`;
  if (person.homeServer !== undefined && !account.linked && isFederated(account))
    return `If the account is the person's, ${byHand}. Else correct the user name or the home server of the entry.`;
  if (account.linked || account.type !== 'user' || isFederated(account)) return `${change}.`;
  const isRemovable = obstacles.every(({ step }) => step !== undefined);
  const steps = [
    ...(mergeExisting ? [] : ['switch LDAP_Merge_Existing_Users on']),
    ...obstacles.flatMap(({ step }) => step ?? []),
  ];
  const ways = isRemovable
    ? `${steps.join(', ')}; or ${byHand}`
    : toDecideOr(byHand, obstacles, mergeExisting);
  return `${change}. If both are the same person, ${ways}.`;
}

function toDecideOr(byHand: string, obstacles: readonly MergeObstacle[], mergeExisting: boolean): string {
  return !mergeExisting && isForDecision(obstacles)
    ? `switch LDAP_Merge_Existing_Users on, and the two wait as a pair for your decision; or ${byHand}`
    : byHand;
}

/** What to do about a pair that waits. */
function toDecide(change: string, obstacles: readonly MergeObstacle[]): string {
  const steps = obstacles.flatMap(({ step }) => step ?? []);
  const isRemovable = steps.length === obstacles.length;
  return (
    'If both are the same person, approve the row that waits (ldap.runChanges shows the pair, ' +
    'ldap.approveRun approves ' +
    `it)${isRemovable ? `; or ${steps.join(', ')}: then a sync connects them by itself` : ''}. If they ` +
    `are not, reject the row (ldap.rejectRun). ${change}, so that it does not come back.`
  );
}

function toLink({ id, idAttribute }: Person): string {
  return `{ id: "${id}", idAttribute: "${idAttribute}" }`;
}

function toChange({ username, address }: OtherAccount): string {
  if (username === undefined) return 'Change the address of one of the two';
  return address === undefined
    ? 'Rename one of the two'
    : 'Change the user name and the address of one of the two';
}

function toShared({ username, address }: OtherAccount): string {
  return [
    ...(username === undefined ? [] : [`the user name ${username}`]),
    ...(address === undefined ? [] : [`the address ${address}`]),
  ].join(' and ');
}

/** An account may only seem to have the name, by invisible characters in its own. */
function describe({ _id, username, dn }: NameOwner): string {
  if (dn !== undefined) return `the one of ${showInvisible(dn)}`;
  return username === undefined ? `id ${_id}` : showInvisible(`${username}, id ${_id}`);
}
