import type { Settings } from './settings.js';

/** How groups bring people into rooms, and out of them. */
export interface RoomSettings {
  /** Whether people who are in none of its groups leave a channel that the map names. */
  readonly enforcesChannels: boolean;
  /** Who joins teams. Of everybody who is looked at, those who are in none of its groups leave a team, too. */
  readonly teamsOf: 'newcomers' | 'everybody';
  /** Whether the chat server's messages about joining and leaving are written. */
  readonly sendsMessages: boolean;
}

/** How rooms are written when there are no settings of a run: a revert needs no directory. */
export function toRoomManner({ get }: Settings) {
  return {
    sendsMessages: get('LDAP_Sync_Room_Messages'),
    usesEncryption: get('E2E_Enable'),
    usesReadReceipts: get('Message_Read_Receipt_Enabled'),
  };
}

/** Reads them. */
export function parseRooms({ get }: Settings): RoomSettings {
  return {
    enforcesChannels: get('LDAP_Sync_User_Data_Channels_Enforce_AutoChannels'),
    teamsOf: get('LDAP_Validate_Teams_For_Each_Login') ? 'everybody' : 'newcomers',
    sendsMessages: get('LDAP_Sync_Room_Messages'),
  };
}
