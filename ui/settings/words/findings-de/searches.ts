import type { WordsOf } from '../finding-words.js';
import type { OF_SEARCHES } from '../../../../lib/findings/texts/searches.js';

const BASE =
  'Tragen Sie den DN, unter dem Ihre Personen sind, in LDAP_BaseDN ein, etwa ou=people,dc=example,dc=com.';
const ANOTHER =
  'Suchen Sie nach einem anderen Attribut, etwa (employeeType=staff); jede Vergleichsregel braucht eines.';
const USUAL_AD = '(&(objectCategory=person)(objectClass=user))';
const NOBODY =
  'LDAP_User_Search_Filter trifft niemanden von den {count} Personen unter der Basis.[ Niemand von ihnen hat {unknown}, wonach er fragt.]';
const OR_READ =
  'oder lassen Sie das Dienstkonto (LDAP_Authentication_UserDN) lesen, wonach er fragt. Für einen ersten Blick trifft {everybody} alle.';

/** Of where people are searched for, and of who is found there. */
export const searches: WordsOf<typeof OF_SEARCHES> = {
  'base-empty': ['LDAP_BaseDN ist leer.', BASE],
  'base-unusable': ['LDAP_BaseDN ist {value}; das ist kein DN.', BASE],
  'filter-tests-everything': [
    'LDAP_User_Search_Filter hat eine Vergleichsregel für jedes Attribut, auch für Kennwörter.',
    ANOTHER,
  ],
  'filter-tests-secret': [
    'LDAP_User_Search_Filter fragt nach {attribute}; das enthält ein Kennwort oder einen Schlüssel.',
    ANOTHER,
  ],
  'filter-with-placeholder': [
    'LDAP_User_Search_Filter enthält {placeholder}, einen Platzhalter für den Namen dessen, der sich anmeldet, wie ihn {users} kennen. Ein Abgleich liest alle auf einmal und setzt keinen Namen ein.',
    `Nehmen Sie die Bedingung mit dem Platzhalter aus dem Filter, etwa (objectClass=inetOrgPerson), oder ${USUAL_AD} für ein Active Directory. Ein Zeichen, das zu einem Wert gehört, wird als Backslash und zwei Hex-Ziffern geschrieben (% ist \\25, $ ist \\24, { ist \\7b).`,
  ],
  'filter-unreadable': [
    'LDAP_User_Search_Filter ist kein Suchfilter: {why}',
    'Schreiben Sie ihn wie in RFC 4515, etwa (&(objectClass=inetOrgPerson)(!(employeeType=robot))).',
  ],
  'filter-finds-no-people': [
    'LDAP_User_Search_Filter trifft auch Einträge, die keine Personen sind ({kinds}); sie würden Benutzer.',
    `Setzen Sie LDAP_User_Search_Filter auf ${USUAL_AD}; das trifft die Personen eines Active Directory. Ist der Server ein anderer, setzen Sie LDAP_Server_Type auf das, was er ist.`,
  ],
  'filter-finds-nobody': [NOBODY, `Berichtigen Sie LDAP_User_Search_Filter, ${OR_READ}`],
  'filter-misspelt': [NOBODY, `Schreiben Sie {meant} in LDAP_User_Search_Filter, ${OR_READ}`],
  'base-unread': [
    'Der Eintrag von LDAP_BaseDN lässt sich nicht lesen.',
    'Berichtigen Sie LDAP_BaseDN, oder lassen Sie das Dienstkonto (LDAP_Authentication_UserDN) ihn lesen.',
  ],
  'base-without-people': [
    'Unter LDAP_BaseDN ist niemand.',
    'Prüfen Sie LDAP_BaseDN, LDAP_User_Search_Scope und die Leserechte des Dienstkontos.',
  ],
  'base-with-aliases': [
    'Unter {base} wurde niemand gefunden, und dort gibt es Aliasse; LDAP_Dereference_Aliases ist "{value}".',
    'Setzen Sie LDAP_Dereference_Aliases auf "searching" für Aliasse unter der Basis, auf "finding", wenn die Basis selbst einer ist, oder auf "always"; oder tragen Sie den DN, auf den die Aliasse zeigen, in LDAP_BaseDN ein.',
  ],
  'fewer-people': [
    'Personen jetzt: {count}, beim letzten gelungenen Lauf: {before}.',
    'Ist das nicht gemeint, prüfen Sie LDAP_BaseDN, LDAP_User_Search_Filter und LDAP_User_Search_Scope; eine Vorschau mit diesen Einstellungen sagt, wer ginge.',
  ],
  'nobody-to-look-at': [
    'Es gibt niemanden, dessen Attribute sich ansehen ließen.',
    'Testen Sie zuerst die Personen: LDAP_BaseDN, LDAP_User_Search_Filter und die Rechte des Dienstkontos.',
  ],
  'people-hidden': [
    'Das Verzeichnis zeigt unter LDAP_BaseDN niemanden.',
    'Lassen Sie das Dienstkonto die Personen lesen, oder berichtigen Sie LDAP_BaseDN und LDAP_User_Search_Filter.',
  ],
  'people-hidden-from-anybody': [
    'Das Verzeichnis zeigt unter LDAP_BaseDN niemanden.',
    'Geben Sie ein Dienstkonto an (LDAP_Authentication), oder lassen Sie alle die Personen lesen.',
  ],
};
