import type { AllAdviceWords } from './advice-words.js';

const SAVE_PHOTO_AGAIN =
  'Speichern Sie das Foto neu als gewöhnliches JPEG oder PNG und legen Sie es ins Verzeichnis.';
const SYNC_AGAIN = 'Gleichen Sie noch einmal ab.';
const NOTHING = 'Nichts zu tun.';
const DECIDE =
  'Sehen Sie die Liste an und geben Sie sie frei; oder berichtigen Sie Suchbasis, Filter oder Zuordnung.';

/** Why and what to do in German, by the server's code. What a parameter holds is the server's own text. */
export const advice: AllAdviceWords = {
  'attribute-too-long': [
    'Werte des Eintrags sind zusammen {bytes} Bytes lang und wurden nicht genommen.',
    'Kürzen Sie die Werte im Verzeichnis.',
  ],
  'attribute-not-text': [
    'Ein Wert des Eintrags ist kein Text.',
    'Berichtigen Sie den Wert im Verzeichnis, oder nennen Sie ein anderes Attribut.',
  ],
  'attribute-with-control-characters': [
    'Ein Wert des Eintrags enthält Steuerzeichen.',
    'Schreiben Sie den Wert im Verzeichnis neu, ohne unsichtbare Zeichen.',
  ],
  'attribute-with-too-many-values': [
    'Ein Attribut des Eintrags hat {values} Werte; so viele werden nicht gelesen.',
    'Lassen Sie im Verzeichnis weniger Werte stehen.',
  ],
  'variable-failed': [
    'Die Variable {variable} ({operation}) gab keinen Wert: {why}',
    'Berichtigen Sie die Variable in den Einstellungen oder den Wert im Verzeichnis.',
  ],
  'no-email-address': [
    'Der Eintrag hat keine Mailadresse.',
    'Geben Sie der Person im Verzeichnis eine Mailadresse, oder setzen Sie LDAP_Default_Domain.',
  ],
  'unusable-address': [
    'Die Adresse {address} ist unbrauchbar ({why}).',
    'Berichtigen Sie die Adresse im Verzeichnis.',
  ],
  'unusable-username': [
    'Aus {username} wird kein Benutzername.',
    'Geben Sie der Person einen Benutzernamen aus Buchstaben, Ziffern, Punkt, Unterstrich oder Bindestrich.',
  ],
  'unusable-home-server': [
    'Der Heimatserver des Eintrags ist unbrauchbar: {why}.',
    'Geben Sie dem Eintrag genau einen Servernamen, etwa chat.example.org.',
  ],
  'federation-off': [
    'Die Person ist vom Heimatserver {server}, und die Föderation ist nicht an; aus dem Eintrag wird kein Benutzer.',
    'Schalten Sie die Föderation ein, oder lassen Sie den Heimatserver aus der Zuordnung.',
  ],
  'custom-field-not-allowed': [
    'Das Feld {field} bleibt, wie es ist: {why}.',
    'Berichtigen Sie den Eintrag, oder ändern Sie Accounts_CustomFields.',
  ],
  'custom-field-required': [
    'Das Feld {field} bleibt, wie es ist: Der Eintrag hat keinen Wert, und das Feld ist Pflicht.',
    'Geben Sie dem Eintrag einen Wert, oder ändern Sie Accounts_CustomFields.',
  ],
  'custom-field-in-the-way': [
    'Das Feld {field} bleibt, wie es ist: Beim Benutzer steht dort etwas, das kein Feld sein kann.',
    'Sehen Sie den Benutzer in der Datenbank an.',
  ],
  'abac-attribute-unusable': [
    'Das ABAC-Attribut {key} bleibt, wie es ist: {why}.',
    'Berichtigen Sie den Eintrag, oder nennen Sie ein anderes Attribut.',
  ],
  'abac-attributes-in-the-way': [
    'Die ABAC-Attribute bleiben, wie sie sind: Beim Benutzer steht dort etwas, das keine Liste ist.',
    'Sehen Sie den Benutzer in der Datenbank an.',
  ],
  'entry-unidentified': [
    'Der Eintrag hat keines der Attribute {attributes}, die ihn eindeutig machen.',
    'Nennen Sie in LDAP_Unique_Identifier_Field ein Attribut, das jeder Eintrag hat, oder lassen Sie das Dienstkonto es lesen.',
  ],
  'entry-id-repeated': [
    'Ein anderer Eintrag hat dasselbe {attribute}.',
    'Geben Sie jedem Eintrag sein eigenes, oder nennen Sie ein Attribut, das eindeutig ist.',
  ],

  'photo-too-large': ['Das Foto ist {mebibytes} MiB groß.', 'Legen Sie ein kleineres Foto ins Verzeichnis.'],
  'photo-in-unknown-format': [
    'Das Format des Fotos ist unbekannt.',
    'Legen Sie ein JPEG oder PNG ins Verzeichnis.',
  ],
  'photo-unsupported': ['Diese Art von Foto wird nicht unterstützt ({kind}).', SAVE_PHOTO_AGAIN],
  'photo-with-too-many-pixels': [
    'Das Foto hat zu viele Bildpunkte.',
    'Legen Sie ein kleineres Foto ins Verzeichnis.',
  ],
  'photo-too-costly': ['Das Foto zu lesen kostet zu viel ({costs}).', SAVE_PHOTO_AGAIN],
  'photo-damaged': ['Das Foto ist eine beschädigte oder unvollständige {format}-Datei.', SAVE_PHOTO_AGAIN],
  'photo-takes-too-much-time': [
    'Das Foto zu lesen braucht mehr als {seconds} Sekunden Rechenzeit.',
    SAVE_PHOTO_AGAIN,
  ],
  'photo-takes-too-much-memory': [
    'Das Foto zu lesen braucht mehr Speicher, als sein Kopf angibt.',
    SAVE_PHOTO_AGAIN,
  ],
  'photo-crashes-the-decoder': ['An dem Foto stürzt der Leser für {format}-Dateien ab.', SAVE_PHOTO_AGAIN],
  'photo-missed-the-deadline': [
    'Das Foto konnte nicht binnen {seconds} Sekunden gelesen werden.',
    SYNC_AGAIN,
  ],
  'photo-decoder-unavailable': [
    'Fotos können nicht gelesen werden: Der Leser ließ sich nicht starten ({error}).',
    'Sehen Sie in das Protokoll des Servers.',
  ],
  'photo-decoder-ended': [
    'Der Leser wurde von außen beendet ({how}), während er das Foto las.',
    'Nichts zu tun: Der nächste Abgleich versucht es wieder.',
  ],
  'photo-left-by-ended-run': ['Der Lauf war zu Ende, bevor dieses Foto gelesen war.', SYNC_AGAIN],
  'photo-not-stored': [
    'Das Foto konnte nicht gespeichert werden: {error}',
    'Prüfen Sie den Ort, an dem Fotos gespeichert werden.',
  ],
  'photo-deleted': [
    'Das Foto wurde gelöscht, als der Lauf es wegnahm, und kann nicht zurückgegeben werden.',
    'Legen Sie das Foto wieder ins Verzeichnis und gleichen Sie ab.',
  ],

  'several-accounts-linked': [
    'Mehrere Konten sind mit diesem Eintrag verknüpft.',
    'Entfernen Sie services.ldap bei allen Konten außer einem.',
  ],
  'names-belong-to-another': [
    'Der Benutzername oder eine Adresse des Eintrags gehört einem anderen Konto.',
    'Ist es dieselbe Person, so lassen Sie ihre Adresse bestätigen oder geben Sie die wartende Zeile frei; sonst ändern Sie Namen oder Adresse bei einem von beiden.',
  ],
  'names-belong-to-several': [
    'Was der Eintrag sagt, gehört mehreren Konten: {accounts}.',
    'Ändern Sie Namen oder Adressen so, dass höchstens ein Konto sie hat.',
  ],
  'names-belong-to-departed': [
    'Den Namen {username} hat noch jemand, der gegangen ist: {accounts}.',
    'Geben Sie die wartende Zeile frei, damit der Name frei wird; oder geben Sie der neuen Person einen anderen.',
  ],
  'merge-needs-decision': [
    'Ein Konto kann dieselbe Person sein wie dieser Eintrag; das entscheidet ein Mensch.',
    'Sehen Sie das Paar in der zurückgehaltenen Liste an; geben Sie es frei oder lehnen Sie es ab.',
  ],
  merged: ['Das Konto {account} gehört jetzt zum Eintrag {dn}.', NOTHING],
  'relink-needs-decision': [
    'Benutzername {username} und Adresse {address} gehören dem Konto {account}, das mit einem Eintrag verknüpft ist, den es nicht mehr gibt.',
    'Sehen Sie das Paar in der zurückgehaltenen Liste an; geben Sie es frei oder lehnen Sie es ab.',
  ],
  relinked: ['Das Konto {account} gehört jetzt zum Eintrag {dn}, wie jemand entschieden hat.', NOTHING],
  'address-belongs-to-another': [
    'Die Adresse {address} gehört einem anderen Konto ({account}).',
    'Ändern Sie die Adresse bei einem von beiden.',
  ],
  'domain-not-allowed': [
    'Die Adresse {address} ist in keiner der Domänen von Accounts_AllowedDomainsList; es wird kein Benutzer angelegt.',
    'Ändern Sie die Adresse, oder erlauben Sie die Domäne.',
  ],
  'username-reserved': [
    'Der Benutzername {username} ist vergeben ({by}).',
    'Geben Sie der Person im Verzeichnis einen anderen.',
  ],
  'username-not-allowed': [
    'Der Benutzername {username} passt nicht zu UTF8_User_Names_Validation; niemand wird umbenannt.',
    'Geben Sie der Person einen anderen Benutzernamen, oder ändern Sie die Einstellung.',
  ],
  'membership-unknown': [
    'Das Verzeichnis sagt nicht, ob die Person in der Gruppe ist, deren Mitglieder abgeglichen werden.',
    'Lassen Sie das Dienstkonto die Gruppe und ihre Mitglieder lesen.',
  ],
  'federation-conversion': [
    'Der Eintrag nennt den Heimatserver {server}, und das passt nicht zu dem Konto, das es gibt.',
    'Aus einem Konto dieses Servers wird keines eines anderen: Ändern Sie den Eintrag, oder löschen Sie das Konto.',
  ],
  'federated-not-renamed': [
    'Der Eintrag hat einen anderen Benutzernamen oder Heimatserver, und das Konto gehört einem anderen Server; es bleibt.',
    'Ändern Sie den Eintrag zurück, oder löschen Sie das Konto.',
  ],
  'federated-not-switched': [
    'Das Konto gehört einem anderen Server; kein Abgleich schaltet es ab oder an.',
    'Schalten Sie es von Hand, wenn das nötig ist.',
  ],

  'names-taken-meanwhile': [
    'Im selben Augenblick hat jemand anders den Namen, eine Adresse oder die Id bekommen.',
    SYNC_AGAIN,
  ],
  'extension-taken': [
    'Ein anderer Benutzer hat dieselbe Durchwahl, und der Chat-Server gibt jede nur einmal.',
    'Ändern Sie die Durchwahl bei einem von beiden.',
  ],
  'changed-meanwhile': ['Der Benutzer wurde inzwischen geändert.', SYNC_AGAIN],
  'write-refused': [
    'Die Datenbank hat das Schreiben abgelehnt.',
    'Sehen Sie in das Protokoll des Servers und den Benutzer an.',
  ],
  'user-busy': [
    'Andere haben diesen Benutzer die ganze Zeit geschrieben; der Abgleich fand keinen Augenblick.',
    SYNC_AGAIN,
  ],
  'back-but-still-off': [
    'Ein Abgleich hat diesen Benutzer abgeschaltet, als der Eintrag fehlte; der Eintrag ist wieder da, der Benutzer noch aus.',
    'Schalten Sie ihn von Hand an, oder setzen Sie LDAP_Sync_User_Active_State auf „enable“ oder „both“.',
  ],
  'enabled-but-still-off': [
    'Ein Abgleich hat diesen Benutzer abgeschaltet, als der Eintrag gesperrt war; der Eintrag ist wieder frei, der Benutzer noch aus.',
    'Schalten Sie ihn von Hand an, oder setzen Sie LDAP_Sync_User_Active_State auf „enable“ oder „both“.',
  ],

  'switched-off': [
    'Der Benutzer wurde abgeschaltet und abgemeldet.',
    'Nichts zu tun, wenn die Person gegangen ist; sonst berichtigen Sie das Verzeichnis und gleichen Sie ab.',
  ],
  'last-administrator': [
    'Das ist der letzte aktive Administrator; er bleibt an.',
    'Machen Sie zuerst jemand anderen zum Administrator.',
  ],
  'last-role': [
    'Keine Gruppe gibt dem Benutzer die Rolle {role} mehr; er hat keine andere und behält sie.',
    'Geben Sie dem Benutzer eine andere Rolle.',
  ],
  'access-revoked': [
    'Der Benutzer hat ABAC-Attribute verloren und die Räume verlassen, die danach fragen: {rooms}',
    NOTHING,
  ],
  'access-not-given-back': [
    'Der Benutzer hat die ABAC-Attribute wieder, ist aber nicht zurück in den Räumen {rooms}.',
    'Laden Sie ihn in die Räume ein.',
  ],
  'last-owner': [
    'Keine Gruppe gibt der Person {room} mehr, aber sie ist dort der letzte Besitzer und bleibt.',
    'Machen Sie zuerst jemand anderen zum Besitzer.',
  ],
  'membership-gone': [
    'Was der Benutzer im Raum hatte, oder der Raum selbst, ist nicht mehr da.',
    'Laden Sie ihn neu ein, wenn das nötig ist.',
  ],
  'username-taken': [
    'Der Benutzername gehört inzwischen einem anderen Konto oder Team.',
    'Ändern Sie den Namen bei einem von beiden.',
  ],
  'address-taken': [
    'Eine Adresse gehört einem anderen Konto.',
    'Ändern Sie die Adresse bei einem von beiden.',
  ],
  'changed-since': [
    'Das hat seither jemand geändert, oder der Lauf hatte es nie geändert; es bleibt, wie es ist.',
    'Sehen Sie den Benutzer an und ändern Sie ihn von Hand.',
  ],
  'account-unlinked': ['Das Konto ist nicht mehr mit dem Eintrag verknüpft.', SYNC_AGAIN],
  'settings-changed': ['Die Einstellungen verlangen das nicht mehr.', NOTHING],
  'entry-no-longer-synced': ['Der Eintrag wird nicht mehr abgeglichen.', SYNC_AGAIN],
  'entry-unreadable': [
    'Der Eintrag konnte nicht gelesen werden.',
    'Prüfen Sie das Verzeichnis und die Leserechte des Dienstkontos; dann gleichen Sie noch einmal ab.',
  ],
  'present-after-all': ['Die Person ist doch im Verzeichnis und bleibt, wie sie ist.', NOTHING],
  'no-longer-wanted': ['Das Verzeichnis verlangt das nicht mehr.', NOTHING],

  'sweep-incomplete': [
    'Das Verzeichnis wurde nicht ganz gelesen ({cause}).',
    'Beheben Sie, was den Lauf aufhielt; dann gleichen Sie noch einmal ab.',
  ],
  'directory-empty': [
    'Das Verzeichnis hat keinen einzigen Eintrag geliefert.',
    'Prüfen Sie LDAP_BaseDN, LDAP_User_Search_Filter und die Leserechte des Dienstkontos.',
  ],
  'entry-ids-repeated': [
    'Einträge mit einer Id, die ein anderer schon hat: {entries}.',
    'Geben Sie jedem Eintrag seine eigene Id, oder nennen Sie in LDAP_Unique_Identifier_Field ein Attribut, das eindeutig ist.',
  ],
  'entries-unidentified': [
    'Einträge ohne ein Attribut, das sie eindeutig macht: {entries}.',
    'Nennen Sie in LDAP_Unique_Identifier_Field ein Attribut, das jeder Eintrag hat, oder lassen Sie das Dienstkonto es lesen.',
  ],
  'directory-unverified': [
    'Von {linked} verknüpften Benutzern wurden unter {entries} Einträgen {found} gefunden; nichts zeigt, dass es das richtige Verzeichnis ist.',
    'Prüfen Sie LDAP_BaseDN, LDAP_User_Search_Filter und LDAP_Unique_Identifier_Field. Stimmen sie, so sehen Sie die Liste an und geben Sie sie frei.',
  ],
  'too-many-removals': [
    '{wanted} von {linked} verknüpften Benutzern verlören etwas; mehr als {limit} auf einmal warten auf eine Freigabe.',
    DECIDE,
  ],
  'attribute-nowhere': [
    'Kein einziger Eintrag hat das Attribut für {field}; alle, die es haben, verlören es.',
    'Prüfen Sie die Zuordnung und die Leserechte des Dienstkontos. Stimmen sie, so geben Sie die Liste frei.',
  ],
  'role-nowhere': [
    'Keine Gruppe gibt irgendjemandem die Rolle {role}, und {people} Benutzer verlören sie.',
    'Prüfen Sie die Gruppen und die Leserechte des Dienstkontos. Stimmen sie, so geben Sie die Liste frei.',
  ],
  'room-nowhere': [
    'Keine Gruppe gibt irgendjemandem den Raum {room}, und {people} Benutzer verließen ihn.',
    'Prüfen Sie die Gruppen und die Leserechte des Dienstkontos. Stimmen sie, so geben Sie die Liste frei.',
  ],
  'groups-without-people': [
    'Niemand ist in einer der Gruppen, und {wanted} Benutzer verlören Räume.',
    'Prüfen Sie die Gruppen und die Leserechte des Dienstkontos. Stimmen sie, so geben Sie die Liste frei.',
  ],
  'sweep-contradicted': [
    'Einzeln nachgesehen sind Personen da, die beim Lesen fehlten: {people}.',
    'Prüfen Sie, ob der Server alles liefert (Grenzen, Rechte, Replikation); dann gleichen Sie noch einmal ab.',
  ],
  'earlier-run-undecided': [
    'Der Lauf {runId} wurde zurückgehalten, und niemand hat über seine Liste entschieden.',
    'Sehen Sie die Liste dieses Laufs an; geben Sie sie frei oder lehnen Sie sie ab.',
  ],
  'decision-needed': [
    'Änderungen, über die ein Mensch entscheiden muss: {changes}.',
    'Sehen Sie die wartenden Zeilen an; geben Sie sie frei oder lehnen Sie sie ab, alle oder einige.',
  ],
  'transactions-missing': [
    'Die Datenbank kann keine Transaktionen; ein Abgleich schreibt so nichts.',
    'Betreiben Sie MongoDB als Replikatsatz; ein Mitglied genügt.',
  ],
};
