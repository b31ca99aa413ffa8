/**
 * The records of `models/` beside the types of Rocket.Chat (`@rocket.chat/core-typings`), field by field. Each
 * exception is listed, and one that is none any more does not compile. `npm run typecheck` checks it;
 * `written-documents.test.ts` compiles documents that a run has written.
 */
import type { IAvatar, IRoom, ISubscription, IUser } from '@rocket.chat/core-typings';
import type { AvatarRecord } from '../../models/avatar.js';
import type { RoomRecord, SubscriptionRecord } from '../../models/room.js';
import type { UserRecord } from '../../models/user.js';
import type { Misfitting, Same, Unknown } from './compare.js';

export const checked: readonly [
  // `ldapSync` is this package's own; `sipExtension` is newer than the types, which have `freeSwitchExtension`.
  Same<Unknown<UserRecord, IUser>, 'ldapSync' | 'sipExtension'>,
  // What a host has stored may be any text. `status` is an enumeration, whose words are checked below.
  Same<Misfitting<UserRecord, IUser>, 'inactiveReason' | 'services' | 'status'>,
  Same<Unknown<SubscriptionRecord, ISubscription>, never>,
  // Copied from the room, and from the preferences of the user, as they are.
  Same<
    Misfitting<SubscriptionRecord, ISubscription>,
    't' | 'userHighlights' | 'desktopNotifications' | 'mobilePushNotifications' | 'emailNotifications'
  >,
  Same<Unknown<AvatarRecord, IAvatar>, never>,
  Same<Misfitting<AvatarRecord, IAvatar>, never>,
  Same<Unknown<RoomRecord, IRoom>, never>,
  // Rooms are only read; they may be of any kind.
  Same<Misfitting<RoomRecord, IRoom>, 't' | 'abacAttributes'>,
] = [true, true, true, true, true, true, true, true];

/** The words that a run writes. */
export const words: readonly [`${NonNullable<IUser['status']>}`, ...NonNullable<IUser['inactiveReason']>[]] =
  ['offline', 'deactivated', 'pending_approval'];
