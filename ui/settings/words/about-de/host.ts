/** What the settings of the chat server are for that a sync follows, and those that it does not, in German. */
export const host = {
  Accounts_Verify_Email_For_External_Accounts: 'Ob Adressen aus dem Verzeichnis als bestätigt gelten.',
  Accounts_ManuallyApproveNewUsers: 'Ob neue Benutzer ausgeschaltet auf eine Freigabe warten.',
  Accounts_AllowedDomainsList: 'Die Domains, aus denen neue Benutzer eine Adresse brauchen; leer: beliebige.',
  Accounts_Registration_AuthenticationServices_Default_Roles:
    'Rollen, die alle neuen Benutzer bekommen, außer `admin`; `user`, wo weder diese noch die nächste Einstellung eine nennt.',
  Accounts_Registration_Users_Default_Roles: 'Weitere Rollen, die alle neuen Benutzer bekommen.',
  Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In: 'Ob neue Benutzer Codes per Mail bekommen.',
  LDAP_Sync_Default_Channels:
    'Ob neue Benutzer in die Standardkanäle kommen, ohne Nachricht, wie bei Rocket.Chat; keine von dessen Einstellungen.',
  UTF8_Names_Slugify: 'Ob aus Benutzernamen Kurznamen werden (0-9 a-z - _ und Punkte).',
  UTF8_User_Names_Validation:
    'Was ein Benutzername enthalten darf, als regulärer Ausdruck von höchstens 500 Zeichen ohne Umschau und Rückverweise; leer: der Standard. Wie bei Rocket.Chat zählt das für Umbenennungen und nicht für neue Benutzer.',
  Accounts_SystemBlockedUsernameList:
    'Benutzernamen, die niemand neu bekommt, durch Kommas getrennt, groß oder klein. Wer einen hat, behält ihn.',
  Accounts_BlockedUsernameList:
    'Weitere Benutzernamen, die niemand neu bekommt. `all`, `here` und die Namen von Teams werden auch nie vergeben.',
  Accounts_AvatarResize: 'Ob Fotos quadratisch gemacht und verkleinert werden.',
  Accounts_AvatarSize: 'Wie breit Fotos sind, in Pixeln; aus einem Wert außerhalb wird der nächste erlaubte.',
  Accounts_LoginExpiration: 'Wie lange eine Anmeldung gilt, in Tagen.',
  Accounts_TwoFactorAuthentication_Enabled:
    'Ob nach Codes gefragt wird; ist es aus, wird es doch das Passwort.',
  Accounts_TwoFactorAuthentication_By_TOTP_Enabled: 'Ob Authenticator-Apps zählen.',
  Accounts_TwoFactorAuthentication_MaxDelta:
    'Wie viele Schritte von 30 s ein TOTP-Code zu früh oder zu spät sein darf; aus einem Wert außerhalb wird der nächste erlaubte.',
  Accounts_TwoFactorAuthentication_By_Email_Enabled: 'Ob Codes per Mail zählen.',
  Accounts_TwoFactorAuthentication_By_Email_Code_Expiration: 'Wie lange ein Code per Mail gilt, in s.',
  Accounts_TwoFactorAuthentication_Max_Invalid_Email_Code_Attempts:
    'Wie viele falsche Eingaben ein Code per Mail übersteht.',
  Accounts_twoFactorAuthentication_email_available_for_OAuth_users:
    'Ob Codes per Mail für Personen zählen, die sich über einen anderen Dienst anmelden, auch über das Verzeichnis.',
  API_Enable_Rate_Limiter: 'Ob Aufrufe begrenzt werden.',
  API_Enable_Rate_Limiter_Limit_Calls_Default: 'Wie viele Aufrufe in der Zeit darunter erlaubt sind.',
  API_Enable_Rate_Limiter_Limit_Time_Default: 'Die Zeit, in der Aufrufe gezählt werden, in ms.',
  Accounts_Send_Email_When_Deactivating:
    'Ob Personen angeschrieben werden, wenn ein Abgleich sie ausschaltet; viele auf einmal nur, wenn es sagt, wer das freigibt.',
  Accounts_Send_Email_When_Activating:
    'Ob Personen angeschrieben werden, wenn ein Abgleich sie wieder einschaltet; viele auf einmal wie oben.',
  From_Email: 'Der Absender von Mails.',
  Site_Name: 'Wie der Chatserver in Mails heißt.',
  Site_Url: 'Die Adresse des Chatservers in Mails; leer: Mails haben keine Links.',
  SMTP_Protocol: 'Bei smtps ist die Verbindung von Anfang an verschlüsselt; sonst gilt smtp.',
  SMTP_Host: 'Der Name des Mailservers.',
  SMTP_Port: 'Der Port des Mailservers; leer: 465 bei smtps, sonst 25.',
  SMTP_IgnoreTLS: 'Ob Mails unverschlüsselt hinausgehen, obwohl der Mailserver STARTTLS anbietet.',
  SMTP_Username: 'Das Konto beim Mailserver; leer: keines.',
  SMTP_Password: 'Das Passwort beim Mailserver.',
  Accounts_RequireNameForSignUp: 'Nur für Personen, die sich selbst registrieren.',
  Accounts_TwoFactorAuthentication_RememberFor: 'Nach einem Code wird bei jedem Aufruf gefragt.',
  Accounts_TwoFactorAuthentication_Enforce_Password_Fallback:
    'Das Passwort ist immer der Faktor derer, die keinen anderen haben.',
  FileUpload_Storage_Type: 'Fotos gehen nach GridFS, außer der Server gibt einen avatarStore.',
  UI_Use_Real_Name: 'Benutzername und Anzeigename folgen dem Verzeichnis, welcher auch gezeigt wird.',
  AutoTranslate_AutoEnableOnJoinRoom:
    'Es richtet sich nach einer Sprache, die Personen wählen, nachdem sie gekommen sind.',
  Language: 'Es gehört zu AutoTranslate_AutoEnableOnJoinRoom; Mails sind auf Englisch.',
} as const;
