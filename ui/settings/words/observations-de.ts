import { COMPARE_AUTHORITY, COMPARE_CERTIFICATE } from './findings-de/comparing.js';
import type { AllObservationWords } from './finding-words.js';

/** What was seen, in German, a sentence each; the English is the server's. */
export const observationsDe: AllObservationWords = {
  'people-shown': 'Unter LDAP_BaseDN wurden {count} Einträge gezeigt (höchstens {most} werden verlangt).',
  'ids-shown': '{count} von {entries} Einträgen zeigen ein Attribut von LDAP_Unique_Identifier_Field.',
  'state-granted': 'Der Server erlaubt das Lesen von nsAccountLock in {count} von {entries} Einträgen.',
  'state-shown': '{count} von {entries} Einträgen sagen, ob jemand deaktiviert ist.',
  'state-perhaps-shown':
    '{count} von {entries} Einträgen sagen, ob jemand deaktiviert ist; wo es niemand ist oder es verborgen ist, zeigt nichts den Unterschied.',
  'no-group-shown': 'Es wird keine Gruppe gezeigt: Es gibt keine, oder sie ist verborgen.',
  'members-shown': '{count} von {groups} angesehenen Gruppen zeigen Mitglieder.',
  'deleted-shown': 'Der Behälter gelöschter Einträge wird gezeigt.',
  'deleted-hidden':
    'Der Behälter gelöschter Einträge ist dem Dienstkonto verborgen; ein Abgleich kommt ohne ihn aus.',
  'groups-unused':
    'Keine Einstellung verwendet Gruppen: LDAP_Group_Filter_Enable, LDAP_Sync_User_Data_Roles, LDAP_Sync_User_Data_Channels und LDAP_Enable_LDAP_Groups_To_RC_Teams sind aus.',
  'authority-to-compare': COMPARE_AUTHORITY,
  'certificate-to-compare': COMPARE_CERTIFICATE,
  'attribute-seen': '{count} von {people} gesehenen Personen haben {attribute}.',
  'attribute-shared': '{count} haben einen Wert, den auch jemand anders hat.',
  'server-tells-kind': 'Der Server sagt, dass er {kind} ist.',
  'people-like-ad': 'Der Server sagt nicht, wer er ist; seine Personen haben sAMAccountName.',
  'people-unlike-ad': 'Der Server sagt nicht, wer er ist; seine Personen haben kein sAMAccountName.',
  'most-people': 'Der Teil des Verzeichnisses mit den meisten Personen ({people} gesehen).',
  'all-people-below': 'Alle {people} gesehenen Personen sind darunter.',
  'all-people-below-alone': 'Alle {people} gesehenen Personen sind darunter, und andere gibt es nicht.',
  'perhaps-people': '{count} Einträge dort können Personen sein.',
  'class-of-some': '{count} von diesen {people} haben auch diese Klasse.',
  'class-of-all': '{people} Einträge haben die Klasse, und {count} von ihnen mail.',
  'found-by-category': '{people} Einträge wurden damit gefunden; Computer und Kontakte nicht.',
  'people-left-out': 'Lässt {count} von {people} weg, die kein mail haben.',
  'people-in-subtree': 'Die {people} gesehenen Personen wurden im ganzen Teilbaum gefunden.',
  'server-pages':
    'Der Server kann in Seiten senden (RFC 2696); größere als diese lehnt ein Active Directory ab.',
  'server-perhaps-pages': 'Der Server sagt nicht, dass er in Seiten senden kann (RFC 2696).',
  'state-seen':
    '{count} von {people} gesehenen Personen haben {attribute}; das sagt, ob jemand deaktiviert ist.',
  'state-both-ways': 'Wer wieder aktiviert wird, würde auch hier eingeschaltet.',
  'people-kept-out':
    'Nach {counts} von {people} gesehenen Personen dürfen sich nicht anmelden. Damit werden sie auch hier ausgeschaltet.',
  'members-seen': '{count} von {groups} gesehenen Gruppen führen Mitglieder in {attribute} auf.',
  'groups-below': 'Die Gruppen, die Mitglieder aufführen, sind darunter.',
  'groups-nested': '{count} der Gruppen haben andere Gruppen in sich, deren Mitglieder dann auch zählen.',
};
