/** What the settings of the connection, the search and the schedule are for, in German. */
export const connection = {
  LDAP_Enable: 'Ob LDAP überhaupt benutzt wird.',
  LDAP_Host:
    'Name oder IP-Adresse des Verzeichnisservers, ohne Schema und Port; oder der Name eines SRV-Eintrags, etwa _ldap._tcp.example.com, der die Server einer Domain nennt.',
  LDAP_Failover_Hosts:
    'Weitere Server mit demselben Verzeichnis, durch Kommas getrennt, jeder mit :Port, wo er anders ist. Ein Lauf, der noch nichts gelesen hat, geht zum nächsten über, wenn einer fehlt, schweigt oder überlastet ist. Von diesem Paket.',
  LDAP_Port: 'Der Port des Verzeichnisservers.',
  LDAP_Encryption:
    'Wie die Verbindung verschlüsselt wird: gar nicht (plain), durch StartTLS (tls) oder durch LDAPS (ssl).',
  LDAP_CA_Cert:
    'Die Zertifikate (PEM) der Stellen, die für den Server bürgen dürfen, auch nur eine Zwischenstelle; leer: die von Node.',
  LDAP_Reject_Unauthorized: 'Ob ein Zertifikat, das nicht geprüft werden kann, die Verbindung beendet.',
  LDAP_Authentication: 'Ob ein Dienstkonto benutzt wird; sonst wird anonym gesucht.',
  LDAP_Authentication_UserDN: 'Der DN des Dienstkontos.',
  LDAP_Authentication_Password: 'Das Passwort des Dienstkontos.',
  LDAP_Connect_Timeout: 'Wie lange das Verbinden dauern darf, in ms.',
  LDAP_Dereference_Aliases:
    'Ob der Server Aliassen folgt: unter dem Basis-DN (searching), beim Basis-DN selbst (finding) oder beidem (always). Von diesem Paket.',
  LDAP_Timeout: 'Wie lange eine Antwort dauern darf, in ms.',
  LDAP_Server_Type: 'Bei ad nennen die Einstellungen mit AD im Namen die Felder; ist es leer, die anderen.',
  LDAP_BaseDN: 'Der DN, unter dem die Personen stehen.',
  LDAP_User_Search_Filter: 'Welche Einträge unter dem Basis-DN abgeglichen werden, als Filter (RFC 4515).',
  LDAP_User_Search_Scope:
    'Wie tief gesucht wird: im ganzen Teilbaum (sub), eine Ebene (one) oder nur der Eintrag selbst (base).',
  LDAP_AD_User_Search_Field:
    'Attribute, von denen jede Person wenigstens eines hat; andere Einträge werden nicht gelesen (ad).',
  LDAP_User_Search_Field:
    'Attribute, von denen jede Person wenigstens eines hat; andere Einträge werden nicht gelesen.',
  LDAP_Search_Page_Size: 'Wie viele Einträge eine Seite hat; 0 fragt nach allen auf einmal.',
  LDAP_Search_Size_Limit:
    'Höchstens so viele Einträge über alle Seiten; 0 heißt ohne Grenze. Der Standard ist auch keine, denn Rocket.Chat speichert ihn ungefragt. Ein Lauf, der an die Grenze stößt, nimmt niemandem etwas.',
  LDAP_Unique_Identifier_Field:
    'Attribute mit einer Kennung, die nie wechselt; das erste, das ein Eintrag hat, zählt.',
  LDAP_AD_Username_Field: 'Das Attribut oder die Vorlage, woraus Benutzernamen gebildet werden (ad).',
  LDAP_Username_Field: 'Das Attribut oder die Vorlage, woraus Benutzernamen gebildet werden.',
  LDAP_AD_Email_Field: 'Attribute mit Adressen; das erste, das ein Eintrag hat, zählt (ad).',
  LDAP_Email_Field: 'Attribute mit Adressen; das erste, das ein Eintrag hat, zählt.',
  LDAP_AD_Name_Field: 'Das Attribut oder die Vorlage, woraus Namen gebildet werden (ad).',
  LDAP_Name_Field: 'Das Attribut oder die Vorlage, woraus Namen gebildet werden.',
  LDAP_Extension_Field:
    'Das Attribut mit der Durchwahl (`freeSwitchExtension`, oder `sipExtension` seit Migration 350 von Rocket.Chat); leer: Durchwahlen werden nicht abgeglichen.',
  LDAP_Default_Domain: 'Bildet für Personen ohne Adresse die Adresse Benutzername@Domain; leer: aus.',
  LDAP_User_Search_AttributesToQuery:
    'Die Attribute, die gelesen werden dürfen; * sind alle gewöhnlichen, + alle betrieblichen. Was zugeordnet ist und hier fehlt, wird nicht gelesen, und Benutzer behalten, was sie davon haben.',
  LDAP_DataSync_UseVariables:
    'Ob aus jedem Eintrag die Variablen von LDAP_DataSync_VariableMap berechnet werden.',
  LDAP_DataSync_VariableMap:
    'Variablen und wie sie berechnet werden, als JSON; die Einstellungen der Felder nennen sie wie Attribute.',
  LDAP_Background_Sync_Interval:
    'Wann ein Abgleich beginnt: `every_1_hour`, `every_6_hours`, `every_12_hours`, `every_24_hours`, `every_48_hours` oder fünf Felder wie bei cron. Fotos kommen mit den Personen.',
  LDAP_Background_Sync_Avatars_Interval:
    'Wann ein Abgleich beginnt, solange nur Fotos abgeglichen werden (LDAP_Background_Sync ist aus).',
  LDAP_Background_Sync_ABAC_Attributes_Interval:
    'Wann ein Abgleich beginnt, der ABAC-Attribute ohne Personen bringt (LDAP_Background_Sync ist aus).',
  LDAP_Sync_AutoLogout_Interval: 'Wann abgemeldet wird, wer gesperrt ist (LDAP_Sync_AutoLogout_Enabled).',
  LDAP_Sync_Time_Zone: 'Die Zeitzone des Zeitplans, etwa Europe/Vienna; leer: UTC. Von diesem Paket.',
  LDAP_Reconnect: 'Eine verlorene Verbindung beendet den Lauf; der nächste beginnt von vorn.',
  LDAP_Idle_Timeout: 'Verbindungen werden am Ende eines Laufs geschlossen, sodass keine müßig steht.',
  LDAP_Login_Fallback:
    'Ob lokale Passwörter behalten werden für den Fall, dass das Verzeichnis fehlt. Durch dieses Paket meldet sich niemand an.',
  LDAP_Find_User_After_Login:
    'Ob eine Person nach der Anmeldung noch einmal gesucht wird. Durch dieses Paket meldet sich niemand an.',
  LDAP_Update_Data_On_Login:
    'Ob eine Anmeldung den Benutzer aktualisiert. Durch dieses Paket meldet sich niemand an.',
  LDAP_Update_Data_On_OAuth_Login:
    'Ob eine Anmeldung über OAuth den Benutzer aktualisiert. Durch dieses Paket meldet sich niemand an.',
} as const;
