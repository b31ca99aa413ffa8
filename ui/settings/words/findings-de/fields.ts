import type { WordsOf } from '../finding-words.js';
import type { OF_FIELDS } from '../../../../lib/findings/texts/fields.js';

const PLAIN_PATTERN =
  'Schreiben Sie einen regulären Ausdruck von JavaScript, der keine Flags braucht, ohne Blick nach vorn oder zurück und ohne Rückverweise, etwa {example}.';
const LEFT_OUT = 'LDAP_User_Search_AttributesToQuery lässt {missing} weg, das zugeordnet ist ({setting}):';
const ADD =
  'Fügen Sie {missing} zu LDAP_User_Search_AttributesToQuery hinzu, oder nennen Sie in {setting} ein anderes Attribut.';

/** Of how an entry becomes a person. */
export const fields: WordsOf<typeof OF_FIELDS> = {
  'one-attribute-counts': [
    '{setting} nennt mehrere Attribute, von denen nur das erste zählt.',
    'Nennen Sie nur das eine Attribut, das zählen soll.',
  ],
  'domain-unusable': [
    'LDAP_Default_Domain ist kein Domänenname.',
    'Tragen Sie dort eine Domäne wie example.com ein, oder lassen Sie es leer.',
  ],
  'server-name-unusable': [
    'Federation_Service_Domain ist kein Servername: {why}.',
    'Tragen Sie dort den Servernamen dieses Chat-Servers ein, etwa chat.example.org.',
  ],
  'username-pattern-unusable': [
    '{setting}, zwischen ^ und $, ist nicht zu gebrauchen: {why}.',
    PLAIN_PATTERN,
  ],
  'room-pattern-unusable': [
    '{setting}, zwischen ^ und $, ist nicht zu gebrauchen, daher gilt der Vorgabewert: {why}.',
    PLAIN_PATTERN,
  ],
  'state-attributes-unknown': [
    '{setting} nennt {names}; das kennt es nicht.',
    'Nennen Sie dort nur {known}, oder nichts.',
  ],
  'admin-not-given': [
    '{setting} nennt die Rolle admin; die gibt ein Abgleich keinem neuen Benutzer.',
    'Nehmen Sie admin heraus, und machen Sie Administratoren im Chat-Server.',
  ],
  'queried-attributes-unusable': [
    'In LDAP_User_Search_AttributesToQuery steht {names}; das kann kein LDAP-Attribut sein.',
    'Nennen Sie Attribute mit Kommas dazwischen, * für alle gewöhnlichen, + für alle des Servers.',
  ],
  'unread-so-kept': [`${LEFT_OUT} Es wird nicht gelesen, und Benutzer behalten, was sie davon haben.`, ADD],
  'unread-id': [`${LEFT_OUT} Niemand wäre zu unterscheiden.`, ADD],
  'unread-among-ids': [`${LEFT_OUT} Personen werden nach den anderen unterschieden, die dort stehen.`, ADD],
  'unread-username': [`${LEFT_OUT} Niemand hätte einen Benutzernamen.`, ADD],
  'unread-address': [`${LEFT_OUT} Niemand hätte eine Adresse.`, ADD],
  'unread-home-server': [`${LEFT_OUT} Personen anderer Server würden Benutzer dieses Servers.`, ADD],
  'unread-state': [`${LEFT_OUT} Wer dadurch deaktiviert ist, fiele nicht auf.`, ADD],
};
