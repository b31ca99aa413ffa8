import { none } from './effect.js';

const LOGIN = 'Nobody signs in through this package.';

/** Settings that Rocket.Chat's LDAP reads, and that mean nothing to what is done here. */
export const WITHOUT_EFFECT = {
  LDAP_Reconnect: none('A lost connection ends the run; the next one starts anew.'),
  LDAP_Idle_Timeout: none('Connections are closed at the end of a run, so none stands idle.'),
  LDAP_Login_Fallback: none(`Whether local passwords are kept for when the directory is away. ${LOGIN}`),
  LDAP_Find_User_After_Login: none(`Whether a person who has signed in is looked up again. ${LOGIN}`),
  LDAP_Update_Data_On_Login: none(`Whether a login updates the user. ${LOGIN}`),
  LDAP_Update_Data_On_OAuth_Login: none(`Whether a login by OAuth updates the user. ${LOGIN}`),

  Accounts_RequireNameForSignUp: none('Only for people who register themselves.'),
  Accounts_TwoFactorAuthentication_RememberFor: none('A code is asked for with every call.'),
  Accounts_TwoFactorAuthentication_Enforce_Password_Fallback: none(
    'The password is always the factor of those who have no other.',
  ),
  FileUpload_Storage_Type: none('Photos go to GridFS unless the host gives an avatarStore.'),

  UI_Use_Real_Name: none('User name and display name follow the directory, whichever of them is shown.'),
  AutoTranslate_AutoEnableOnJoinRoom: none(
    'It goes by a language that people choose after they have joined.',
  ),
  Language: none('It goes with AutoTranslate_AutoEnableOnJoinRoom; mails are in English.'),
} as const;
