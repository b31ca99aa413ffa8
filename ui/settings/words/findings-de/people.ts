import type { WordsOf } from '../finding-words.js';
import type { OF_PEOPLE } from '../../../../lib/findings/texts/people.js';

const SEEN = '(angesehen: [{one} Eintrag][{entries} Einträge])[; vorhanden ist {have}].';
const LACKING = `Kein Eintrag hat {lacking}; {setting} nennt es ${SEEN}`;
const LACKING_BY_VARIABLE = `Kein Eintrag hat {lacking}; {setting} nennt es durch eine Variable (LDAP_DataSync_VariableMap) ${SEEN}`;
const OR_READ = 'oder lassen Sie das Dienstkonto (LDAP_Authentication_UserDN) {lacking} lesen.';
const NAME_ANOTHER = `Nennen Sie in {place} ein Attribut, das die Einträge haben, ${OR_READ}`;
const PUT_ANOTHER = `Tragen Sie {suggestion}[ statt {instead}] in {place} ein, ${OR_READ}`;
const TOLD_APART =
  'Personen werden nach {names} unterschieden: Wessen Name sich dort ändert, wird hier eine neue Person.[ Die Einträge haben {better}, das sich nie ändert.]';
const UNDECIDED = `${TOLD_APART} Es wurde niemand geschrieben: Der erste Abgleich würde das für immer entscheiden.`;
const PUT_LASTING =
  'Tragen Sie ein Attribut, das sich nie ändert (entryUUID, objectGUID, nsUniqueId, ipaUniqueID), an erster Stelle in LDAP_Unique_Identifier_Field ein, oder lassen Sie das Dienstkonto (LDAP_Authentication_UserDN) es lesen.';
const PUT_BETTER =
  'Tragen Sie vor dem ersten Abgleich {better} an erster Stelle in LDAP_Unique_Identifier_Field ein: Jeder Eintrag hat es, und niemand ändert es.';
const OR_ALONE = 'Ist {names} gewollt, tragen Sie das allein in LDAP_Unique_Identifier_Field ein.';
const HIDDEN = 'Ob jemand deaktiviert ist, sieht das Dienstkonto nicht.';
const NO_ROOT = 'Der Server zeigt seinen Wurzeleintrag nicht.';
const NO_PART =
  'Der Wurzeleintrag des Servers nennt keinen Teil des Verzeichnisses, der Personen haben kann.';
const GIVE_BASE = 'Geben Sie in LDAP_BaseDN den DN an, unter dem Ihre Personen sind';
const NOBODY_SEEN = 'Unter {places} war niemand zu sehen.';

/** Of what entries have of what the settings name, and of one person who is looked for. */
export const people: WordsOf<typeof OF_PEOPLE> = {
  'attributes-nowhere': [LACKING, NAME_ANOTHER],
  'attributes-nowhere-but-another': [LACKING, PUT_ANOTHER],
  'variables-nowhere': [LACKING_BY_VARIABLE, NAME_ANOTHER],
  'variables-nowhere-but-another': [LACKING_BY_VARIABLE, PUT_ANOTHER],
  'field-rare': [
    'Nur {count} von {entries} Einträgen haben {names}, aber {before} der Benutzer haben einen Wert daraus.',
    'Prüfen Sie {setting}, und ob das Dienstkonto (LDAP_Authentication_UserDN) {names} bei allen lesen darf.',
  ],
  'id-changes': [TOLD_APART, PUT_LASTING],
  'id-changes-but-another': [TOLD_APART, PUT_BETTER],
  'id-undecided': [UNDECIDED, `${PUT_LASTING} ${OR_ALONE}`],
  'id-undecided-but-another': [UNDECIDED, `${PUT_BETTER} ${OR_ALONE}`],
  'id-hidden': [
    'Nicht jede Person zeigt ein Attribut, das Personen unterscheidet.',
    'Lassen Sie das Dienstkonto bei allen ein Attribut von LDAP_Unique_Identifier_Field lesen.',
  ],
  'state-hidden': [
    `${HIDDEN} {count} von {entries} Einträgen sagen, ob jemand deaktiviert ist.`,
    'Lassen Sie das Dienstkonto bei allen userAccountControl lesen (das Recht "Eigenschaft lesen" für userAccountControl oder für "Kontobeschränkungen"), und gleichen Sie noch einmal ab. Kontakte und Gruppen haben keines: Lassen Sie sie mit LDAP_User_Search_Filter weg, oder schalten Sie solche Benutzer von Hand ein.',
  ],
  'state-not-granted': [
    `${HIDDEN} Der Server erlaubt das Lesen von nsAccountLock in {count} von {entries} Einträgen.`,
    'Lassen Sie eine Zugriffsregel (aci) dem Dienstkonto das Lesen von nsAccountLock bei allen erlauben, und gleichen Sie noch einmal ab.',
  ],
  'person-several': [
    'Mehrere Einträge haben diesen Namen in {fields}.',
    'Nennen Sie in {setting} ein Attribut, das Personen unterscheidet, oder verengen Sie LDAP_User_Search_Filter.',
  ],
  'person-filtered': [
    'Es gibt einen Eintrag mit diesem Namen, aber LDAP_User_Search_Filter trifft ihn nicht.',
    'Erweitern Sie LDAP_User_Search_Filter, oder lassen Sie das Dienstkonto (LDAP_Authentication_UserDN) lesen, wonach er fragt.',
  ],
  'person-by-another-name': [
    'Kein Eintrag hat diesen Namen in {fields} ({setting}); einer hat ihn in {other}.',
    'Suchen Sie nach dem, was der Eintrag in {fields} hat, oder fügen Sie {other} zu {setting} hinzu.',
  ],
  'person-nowhere': [
    'Kein Eintrag unter LDAP_BaseDN hat diesen Namen in {fields}.',
    'Prüfen Sie LDAP_BaseDN und LDAP_User_Search_Scope, die Schreibweise des Namens, und ob das Dienstkonto (LDAP_Authentication_UserDN) den Eintrag lesen darf.',
  ],
  'person-without-id': [
    'Der Eintrag hat keines der Attribute von LDAP_Unique_Identifier_Field.',
    'Nennen Sie dort ein Attribut, das jeder Eintrag hat, oder lassen Sie das Dienstkonto es lesen.',
  ],
  'needs-base': [NO_ROOT, `${GIVE_BASE}.`],
  'needs-base-and-account': [NO_ROOT, `${GIVE_BASE}, und ein Dienstkonto.`],
  'needs-part': [NO_PART, `${GIVE_BASE}.`],
  'needs-part-and-account': [NO_PART, `${GIVE_BASE}, und ein Dienstkonto.`],
  'needs-account': [
    NOBODY_SEEN,
    'Geben Sie den DN und das Kennwort eines Dienstkontos an, das die Personen lesen darf (LDAP_Authentication, LDAP_Authentication_UserDN, LDAP_Authentication_Password): Es hat sich niemand angemeldet, und das Verzeichnis zeigt Personen vielleicht nur Konten.',
  ],
  'needs-rights': [
    NOBODY_SEEN,
    'Lassen Sie das Dienstkonto die Personen lesen, oder nehmen Sie ein anderes. Ist das Verzeichnis leer, legen Sie zuerst Personen an; sind sie anderswo, geben Sie den Ort in LDAP_BaseDN an.',
  ],
  'needs-addresses': [
    'Von den Gesehenen hat niemand mail, und ohne Adresse wird niemand Benutzer.',
    'Lassen Sie das Dienstkonto die Adressen lesen, nennen Sie das Attribut, in dem sie stehen, oder geben Sie in LDAP_Default_Domain die Domäne von Adressen an, die aus Benutzernamen gebildet werden.',
  ],
};
