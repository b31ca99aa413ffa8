import type { RunProblem } from '../../../models/run-report.js';
import type { GrantSettings } from '../../settings/grant-settings.js';
import type { RoomObstacle } from './room-obstacle.js';

/** Collects what is wrong with rooms: one problem for each kind, with the first names. */
export interface RoomProblems {
  add(problem: RunProblem): void;
  /** The name in the map of a setting, about which something is wrong. */
  name(setting: GrantSettings['map'], flaw: RoomFlaw, name: string): void;
  list(): readonly RunProblem[];
}

/** What is wrong with a name. */
export type RoomFlaw =
  RoomObstacle | 'invalid' | 'ambiguous' | 'team-room' | 'no-owner' | 'no-team' | 'no-main-room';

interface Wording {
  /** Follows the names. */
  readonly message: string;
  readonly remedy: string;
}

const WORDINGS: Readonly<Record<RoomFlaw, Wording>> = {
  invalid: {
    message: 'no channel may be called so, by UTF8_Channel_Names_Validation or a list of reserved names.',
    remedy: 'Correct the name, or widen UTF8_Channel_Names_Validation.',
  },
  ambiguous: {
    message: 'several rooms are shown under this name.',
    remedy: 'Put the name of the room that stands in its link into the map.',
  },
  'team-room': {
    message: 'it is the main room of a team.',
    remedy: 'Put the team into LDAP_Groups_To_Rocket_Chat_Teams instead.',
  },
  'no-owner': {
    message: 'the channel does not exist, and nobody is there who could own it.',
    remedy:
      'Put the user name of somebody of this server who is active into LDAP_Sync_User_Data_Channels_Admin, ' +
      'or make the channel in the chat server.',
  },
  'no-team': {
    message: 'there is no such team.',
    remedy: 'Correct the name, capitals included, or make the team in the chat server; a sync makes none.',
  },
  'no-main-room': {
    message: 'the main room of the team is gone, or does not belong to the team.',
    remedy: 'Repair the team in the chat server, or take it out of the map.',
  },
  'no-channel': {
    message: 'it is neither a channel nor a private group.',
    remedy: 'Correct the name, or take it out of the map.',
  },
  guarded: {
    message: 'attributes (ABAC) decide who may be in it.',
    remedy: 'Take it out of the map, or take the attributes off the room.',
  },
  archived: { message: 'it is archived.', remedy: 'Unarchive it, or take it out of the map.' },
  federated: {
    message: 'it is shared with other servers.',
    remedy: 'Take it out of the map, and invite people in the chat server.',
  },
  uncountable: {
    message: 'its document does not count members and messages with numbers.',
    remedy: 'Make usersCount and msgs of the room numbers.',
  },
};

const MAX_NAMES = 10;
const MAX_LENGTH = 80;

export function createRoomProblems(): RoomProblems {
  const problems: RunProblem[] = [];
  const names = new Map<string, { setting: GrantSettings['map']; flaw: RoomFlaw; names: string[] }>();
  return {
    add: (problem) => void problems.push(problem),
    name(setting, flaw, name) {
      const key = `${setting} ${flaw}`;
      const known = names.get(key) ?? { setting, flaw, names: [] };
      names.set(key, known);
      known.names.push(name);
    },
    list: () => [
      ...problems,
      ...[...names.values()].map(({ setting, flaw, names: all }) => ({
        setting,
        message: `${setting}: nobody comes into ${listNames(all)} or out of it, since ${WORDINGS[flaw].message}`,
        remedy: WORDINGS[flaw].remedy,
      })),
    ],
  };
}

function listNames(names: readonly string[]): string {
  const listed = names.slice(0, MAX_NAMES).map((name) => JSON.stringify(name.slice(0, MAX_LENGTH)));
  const more = names.length - listed.length;
  return listed.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
