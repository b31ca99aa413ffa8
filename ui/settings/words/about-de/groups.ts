/** What the settings of groups and rooms are for, in German. */
export const groups = {
  LDAP_Group_Filter_Enable:
    'Ob nur die Mitglieder einer Gruppe abgeglichen werden; wer sie verlässt, hat das Verzeichnis verlassen.',
  LDAP_Group_Filter_ObjectClass: 'Die Objektklasse der Gruppe; leer: eine Gruppe beliebiger Klasse.',
  LDAP_Group_Filter_Group_Id_Attribute: 'Das Attribut mit dem Namen der Gruppe.',
  LDAP_Group_Filter_Group_Member_Attribute:
    'Das Attribut der Gruppe, das ihre Mitglieder aufzählt. Mit `:1.2.840.113556.1.4.1941:` dahinter zählen auch Mitglieder von Gruppen in der Gruppe, auf jedem Server.',
  LDAP_Group_Filter_Group_Member_Format:
    'Wie die Gruppe ein Mitglied nennt: `#{userdn}`, `#{username}` (wie es im Verzeichnis steht) oder ein Text mit einem davon.',
  LDAP_Group_Filter_Group_Name: 'Der Name der Gruppe, die unter LDAP_BaseDN steht.',
  LDAP_Sync_User_Data_Roles: 'Ob Gruppen des Verzeichnisses Personen Rollen geben.',
  LDAP_Sync_User_Data_Roles_AutoRemove:
    'Ob Personen, die in keiner seiner Gruppen sind, eine Rolle verlieren, die die Zuordnung nennt.',
  LDAP_Sync_User_Data_Roles_BaseDN: 'Wo die Gruppen stehen, die Rollen geben.',
  LDAP_Sync_User_Data_Roles_GroupMembershipValidationStrategy:
    'Ob der Filter nach jeder Gruppe fragt (`each_group`) oder alle Gruppen einer Person findet (`once`).',
  LDAP_Sync_User_Data_Roles_Filter: 'Der Filter, der eine Gruppe einer Person findet.',
  LDAP_Sync_User_Data_RolesMap:
    'Welche Gruppe welche Rollen gibt, als JSON; eine andere Rolle wird nie gegeben oder genommen.',
  LDAP_Sync_User_Data_Channels: 'Ob Gruppen des Verzeichnisses Personen in Kanäle bringen.',
  LDAP_Sync_User_Data_Channels_Admin: 'Der Benutzername dessen, dem Kanäle gehören, die angelegt werden.',
  LDAP_Sync_User_Data_Channels_BaseDN: 'Wo die Gruppen stehen, die Personen in Kanäle bringen.',
  LDAP_Sync_User_Data_Channels_GroupMembershipValidationStrategy:
    'Ob der Filter nach jeder Gruppe fragt (`each_group`) oder alle Gruppen einer Person findet (`once`).',
  LDAP_Sync_User_Data_Channels_Filter: 'Der Filter, der eine Gruppe einer Person findet.',
  LDAP_Sync_User_Data_ChannelsMap:
    'Welche Gruppe Personen in welche Kanäle bringt, als JSON; aus einem anderen wird nie jemand genommen.',
  LDAP_Sync_User_Data_Channels_Enforce_AutoChannels:
    'Ob Personen, die in keiner seiner Gruppen sind, einen Kanal verlassen, den die Zuordnung nennt.',
  LDAP_Enable_LDAP_Groups_To_RC_Teams:
    'Ob Gruppen des Verzeichnisses Personen in Teams bringen, und wer in keiner seiner Gruppen ist, ein Team verlässt, das die Zuordnung nennt.',
  LDAP_Groups_To_Rocket_Chat_Teams:
    'Welche Gruppe Personen in welche Teams bringt, als JSON. Teams werden nie angelegt.',
  LDAP_Validate_Teams_For_Each_Login:
    'Ob auch Personen, die schon da waren, in Teams gebracht werden, oder nur Neue.',
  LDAP_Teams_BaseDN: 'Wo die Gruppen stehen, die Personen in Teams bringen; leer: `LDAP_BaseDN`.',
  LDAP_Teams_Name_Field: 'Die Attribute mit dem Namen einer Gruppe: das erste, das sie hat, zählt.',
  LDAP_Query_To_Get_User_Teams: 'Der Filter, der die Gruppen einer Person findet.',
  LDAP_Sync_Room_Messages:
    'Ob ein Raum zeigt, dass eine Gruppe jemanden hinein- oder herausgebracht hat, wie bei Rocket.Chat; keine von dessen Einstellungen.',
  UI_Allow_room_names_with_special_chars:
    'Ob Kanäle beliebig heißen dürfen: gezeigt wird der Name der Zuordnung, und der Name in Links wird aus ihm gebildet.',
  UTF8_Channel_Names_Validation:
    'Was der Name eines Kanals enthalten darf, als regulärer Ausdruck von höchstens 500 Zeichen ohne Umschau und Rückverweise; leer oder unbrauchbar: der Standard.',
  E2E_Enable:
    'Ob Räume verschlüsselt sein dürfen: wer in einen verschlüsselten kommt, wartet auf seinen Schlüssel.',
  Message_Read_Receipt_Enabled:
    'Ob Nachrichten sagen, wer sie gelesen hat: die über Kommen und Gehen beginnen ungelesen.',
} as const;
