import type { Advice } from '../../advice.js';
import { hasFederatedForm } from '../../mapping/home-server.js';
import { toNameKey } from '../../mapping/name-keys.js';
import type { BlockedNames, UsernameSettings } from '../../settings/sync-settings.js';

/** Which user names nobody newly gets. */
export interface NameRules {
  readonly settings: UsernameSettings;
  /** What has a name for itself, by {@link toNameKey}. */
  readonly reserved: ReadonlyMap<string, Reserved>;
}

/** A list of user names; or who is called so without being a user. */
type Reserved = BlockedNames | 'mentions' | 'teams' | 'federation';

/** `@all` and `@here` address everybody in a room. */
const MENTIONS = ['all', 'here'];

/** `teams`: the names of teams, by {@link toNameKey}. */
export function toNameRules(settings: UsernameSettings, teams: ReadonlySet<string> = new Set()): NameRules {
  const reserved = new Map<string, Reserved>();
  for (const team of teams) reserved.set(team, 'teams');
  for (const [list, names] of Object.entries(settings.blocked))
    for (const name of names) reserved.set(toNameKey(name), list as BlockedNames);
  for (const name of MENTIONS) reserved.set(name, 'mentions');
  return { settings, reserved };
}

/**
 * Why nobody newly gets this user name; `undefined`: it may be given. `isFederated`: to an account of another
 * server. Pure.
 */
export function findNameRefusal(
  username: string,
  { reserved }: NameRules,
  isFederated = false,
): Advice | undefined {
  const isOfOther = !isFederated && hasFederatedForm(username);
  const by = isOfOther ? 'federation' : reserved.get(toNameKey(username));
  return by && { ...toReservation(by, username), code: 'username-reserved', params: { username, by } };
}

/**
 * Why a user is not renamed so, as Rocket.Chat refuses it: who has the name in another case has it already.
 * Pure.
 */
export function findRenameRefusal(
  { from, to }: { readonly from: string | undefined; readonly to: string },
  rules: NameRules,
): Advice | undefined {
  if (!rules.settings.fits(to)) return toUnfitting(to);
  const isSame = from !== undefined && toNameKey(from) === toNameKey(to);
  return isSame ? undefined : findNameRefusal(to, rules);
}

type Reservation = Pick<Advice, 'reason' | 'remedy'>;

function toReservation(by: Reserved, username: string): Reservation {
  switch (by) {
    case 'mentions':
      return {
        reason: `The user name ${username} is reserved: in a message it addresses everybody in the room.`,
        remedy: 'Give the person another user name in the directory.',
      };
    case 'federation':
      return {
        reason: `The user name ${username} is that of an account of another server (federated).`,
        remedy:
          'Give the person another user name in the directory, or name the home server with ' +
          'LDAP_FederationHomeServer_Field.',
      };
    case 'teams':
      return {
        reason: `A team is called ${username}, and no user may have the name of a team.`,
        remedy: 'Give the person another user name in the directory, or rename the team.',
      };
    default:
      return {
        reason: `The user name ${username} is reserved by ${by}.`,
        remedy: `Give the person another user name in the directory, or take the name out of ${by}.`,
      };
  }
}

function toUnfitting(username: string): Advice {
  return {
    code: 'username-not-allowed',
    params: { username },
    reason: `The user name ${username} does not fit UTF8_User_Names_Validation, so the user is not renamed.`,
    remedy: 'Give the person another user name in the directory, or widen UTF8_User_Names_Validation.',
  };
}
