/**
 * The records of `models/` beside the types of Rocket.Chat (`@rocket.chat/core-typings`), field by field. Each
 * exception is listed, and one that is none any more does not compile. `npm run typecheck` checks it;
 * `written-documents.test.ts` compiles documents that a run has written.
 */
import type {
  IAvatar,
  IMessage,
  IRoom,
  IServerEvent,
  ISubscription,
  ITeam,
  ITeamMember,
  IUser,
} from '@rocket.chat/core-typings';
import type { AvatarRecord } from '../../models/avatar.js';
import type { SystemMessageRecord } from '../../models/message.js';
import type { MadeRoomRecord, RoomRecord, SubscriptionRecord } from '../../models/room.js';
import type { ServerEventRecord } from '../../models/server-event.js';
import type { TeamMemberRecord, TeamRecord } from '../../models/team.js';
import type { UserRecord } from '../../models/user.js';
import type { Misfitting, Same, Unknown } from './compare.js';

export const people: readonly [
  // `ldapSync` is this package's own; `sipExtension` is newer than the types, which have `freeSwitchExtension`.
  Same<Unknown<UserRecord, IUser>, 'ldapSync' | 'sipExtension'>,
  // What a host has stored may be any text or list. `status` is an enumeration, whose words are checked below.
  Same<
    Misfitting<UserRecord, IUser>,
    'inactiveReason' | 'services' | 'status' | 'abacAttributes' | '__rooms'
  >,
  Same<Unknown<AvatarRecord, IAvatar>, never>,
  Same<Misfitting<AvatarRecord, IAvatar>, never>,
] = [true, true, true, true];

export const rooms: readonly [
  Same<Unknown<SubscriptionRecord, ISubscription>, never>,
  // Copied from the room, from the preferences of the user, and from what others have stored, as they are. An
  // inviter may lack a name.
  Same<
    Misfitting<SubscriptionRecord, ISubscription>,
    | 't'
    | 'userHighlights'
    | 'desktopNotifications'
    | 'mobilePushNotifications'
    | 'emailNotifications'
    | 'roles'
    | 'status'
    | 'inviter'
  >,
  Same<Unknown<RoomRecord, IRoom>, never>,
  // Rooms are read as the host has them, of any kind and with counts of any type.
  Same<
    Misfitting<RoomRecord, IRoom>,
    't' | 'abacAttributes' | 'usersCount' | 'msgs' | 'usersWaitingForE2EKeys'
  >,
  Same<Unknown<MadeRoomRecord, IRoom>, never>,
  Same<Misfitting<MadeRoomRecord, IRoom>, never>,
] = [true, true, true, true, true, true];

export const besideRooms: readonly [
  Same<Unknown<SystemMessageRecord, IMessage>, never>,
  // Of a user without a display name there is none.
  Same<Misfitting<SystemMessageRecord, IMessage>, 'u'>,
  Same<Unknown<TeamMemberRecord, ITeamMember>, never>,
  // Given back as they were, whatever they are.
  Same<Misfitting<TeamMemberRecord, ITeamMember>, 'roles'>,
  Same<Unknown<TeamRecord, ITeam>, never>,
  Same<Misfitting<TeamRecord, ITeam>, 'name' | 'roomId'>,
  Same<Unknown<ServerEventRecord, IServerEvent>, never>,
  // A list that nobody changes.
  Same<Misfitting<ServerEventRecord, IServerEvent>, 'data'>,
] = [true, true, true, true, true, true, true, true];

/** The words that a run writes. */
export const words: readonly [`${NonNullable<IUser['status']>}`, ...NonNullable<IUser['inactiveReason']>[]] =
  ['offline', 'deactivated', 'pending_approval'];
