/** What the settings are for that say what a sync does to people, in German. */
export const people = {
  LDAP_Background_Sync:
    'Ob Personen abgeglichen werden; sonst nur Fotos und ABAC-Attribute verknüpfter Benutzer.',
  LDAP_Background_Sync_Import_New_Users: 'Ob Personen, die keinen Benutzer haben, einen bekommen.',
  LDAP_Background_Sync_Keep_Existant_Users_Updated: 'Ob verknüpfte Benutzer ihren Einträgen folgen.',
  LDAP_Background_Sync_Merge_Existent_Users:
    'Ob alle gelesen werden, obwohl niemand angelegt wird, damit bestehende Benutzer verbunden werden können.',
  LDAP_Merge_Existing_Users:
    'Ob ein Eintrag mit dem Konto verbunden wird, das seine erste Adresse bestätigt hat, eingeschaltet ist und keine Rolle über die neuer Benutzer hinaus hat. Andere Konten mit seinem Namen oder seiner Adresse warten als Paare auf eine Entscheidung.',
  LDAP_Background_Sync_Disable_Missing_Users:
    'Ob verknüpfte Benutzer, die aus dem Verzeichnis verschwunden sind, ausgeschaltet werden.',
  LDAP_Free_Names_Of_Departed:
    'Ob ein Abgleich Benutzername und Adressen von jemandem freigeben will, der aus und aus dem Verzeichnis verschwunden ist, wenn jemand Neues sie dort hat. Das wartet immer auf eine Entscheidung. Von diesem Paket.',
  LDAP_Sync_User_Active_State:
    'Was ein Abgleich mit dem Benutzer eines gesperrten oder entsperrten Eintrags tut: ausschalten (disable), einschalten (enable), beides (both) oder nichts (none).',
  LDAP_Active_State_Attributes:
    'Was neben den üblichen Attributen sagt, dass jemand gesperrt ist: von accountExpires, shadowExpire, pwdAccountLockedTime und sambaAcctFlags diejenigen, die zählen, durch Kommas getrennt.',
  LDAP_Sync_User_Avatar: 'Ob Fotos überhaupt abgeglichen werden.',
  LDAP_Background_Sync_Avatars: 'Ob ein Abgleich Fotos bringt.',
  LDAP_Avatar_Field:
    'Das Attribut mit dem Foto; nach ihm, und wo sein Foto nicht brauchbar ist, wird in thumbnailPhoto und jpegPhoto gesehen.',
  LDAP_Sync_AutoLogout_Enabled:
    'Ob Personen, die im Verzeichnis gesperrt sind, zwischen zwei Abgleichen abgemeldet werden, was immer LDAP_Sync_User_Active_State sagt; sie bleiben eingeschaltet. Der Zeitplan tut es, oder ein Server, der autoLogout() aufruft.',
  LDAP_Sync_AutoLogout_Gone:
    'Ob mit ihnen Personen abgemeldet werden, die aus dem Verzeichnis verschwunden sind. Von diesem Paket.',
  LDAP_Sync_Custom_Fields: 'Ob Attribute eigene Felder von Benutzern füllen.',
  LDAP_CustomFieldMap:
    'Welches Attribut oder welche Vorlage welches eigene Feld füllt, als JSON: {"department":"team","l":"address.city"}.',
  Accounts_CustomFields:
    'Die eigenen Felder, die es gibt, als JSON, mit Längen und Auswahl; andere werden nicht abgeglichen.',
  LDAP_Background_Sync_ABAC_Attributes:
    'Ob Attribute des Verzeichnisses die ABAC-Attribute der Benutzer füllen, die entscheiden, wer in welchem Raum sein darf.',
  LDAP_ABAC_AttributeMap:
    'Welches Attribut welches ABAC-Attribut füllt, als JSON: {"departmentNumber":"department"}; ein anderes wird nie gegeben oder genommen.',
  ABAC_Enabled: 'Ob der Chatserver ABAC benutzt; solange nicht, wird nichts davon abgeglichen.',
  ABAC_PDP_Type:
    'Wer über ABAC entscheidet: solange das `virtru` ist, haben Benutzer keine Attribute, und keine werden abgeglichen.',
  LDAP_FederationHomeServer_Field:
    'Das Attribut oder die Vorlage mit dem Heimatserver (Matrix) einer Person. Wessen Heimatserver nicht Federation_Service_Domain ist, bekommt ein föderiertes Konto; leer: alle sind Konten dieses Servers.',
  Federation_Service_Enabled:
    'Ob der Chatserver föderiert ist. Solange nicht, sind Personen anderer Heimatserver Zeilen des Berichts.',
  Federation_Service_Domain: 'Der Servername dieses Chatservers in der Föderation.',
  LDAP_Guard_Always_Allowed: 'Bis zu so viele Wegnahmen einer Art warten nie.',
  LDAP_Guard_Deactivations_Percent:
    'Ein Lauf wird angehalten, wenn er mehr als diesen Anteil der verknüpften Benutzer ausschalten würde, in Prozent.',
  LDAP_Guard_Deactivations_Maximum:
    'Ein Lauf wird angehalten, wenn er mehr Benutzer als so viele ausschalten würde.',
  LDAP_Guard_Renames_Percent:
    'Ein Lauf wird angehalten, wenn er mehr als diesem Anteil der verknüpften Benutzer einen anderen Benutzernamen gäbe, in Prozent.',
  LDAP_Guard_Renames_Maximum:
    'Ein Lauf wird angehalten, wenn er mehr Benutzern als so vielen einen anderen Benutzernamen gäbe.',
  LDAP_Guard_Clearings_Percent:
    'Ein Lauf wird angehalten, wenn mehr als dieser Anteil der verknüpften Benutzer eine Adresse oder einen anderen Wert verlöre, in Prozent.',
  LDAP_Guard_Clearings_Maximum:
    'Ein Lauf wird angehalten, wenn mehr Benutzer als so viele eine Adresse oder einen anderen Wert verlören.',
  LDAP_Guard_Photos_Percent:
    'Ein Lauf wird angehalten, wenn mehr als dieser Anteil der verknüpften Benutzer das Foto verlöre, in Prozent.',
  LDAP_Guard_Photos_Maximum: 'Ein Lauf wird angehalten, wenn mehr Benutzer als so viele ihr Foto verlören.',
  LDAP_Guard_Memberships_Percent:
    'Ein Lauf wird angehalten, wenn mehr als dieser Anteil der verknüpften Benutzer einen Kanal oder ein Team verließe, in Prozent.',
  LDAP_Guard_Memberships_Maximum:
    'Ein Lauf wird angehalten, wenn mehr Benutzer als so viele einen Kanal oder ein Team verließen.',
  LDAP_Guard_Reactivations_Percent:
    'Ein Lauf wird angehalten, wenn er mehr Personen als diesen Anteil der verknüpften Benutzer wieder einschalten würde, in Prozent.',
  LDAP_Guard_Reactivations_Maximum:
    'Ein Lauf wird angehalten, wenn er mehr Benutzer als so viele wieder einschalten würde.',
  LDAP_Guard_Relinks_Percent:
    'Ein Lauf wird angehalten, wenn er mehr als diesen Anteil der verknüpften Benutzer über eine andere Kennung verknüpfen würde, in Prozent. Wer über eine Kennung verknüpft ist, die kein anderer Eintrag bekommen kann, zählt nicht.',
  LDAP_Guard_Relinks_Maximum:
    'Ein Lauf wird angehalten, wenn er mehr Benutzer als so viele über eine andere Kennung verknüpfen würde.',
  LDAP_Sync_History_Days: 'Wie lange Änderungen aufgehoben werden, in Tagen.',
  LDAP_Sync_History_Runs: 'Wie viele Berichte jeder Art von Lauf aufgehoben werden.',
  LDAP_Sync_Mail_Administrators:
    'Ob Verwaltende angeschrieben werden, wenn ein Lauf angehalten wird oder scheitert.',
} as const;
