import type { WordsOf } from '../finding-words.js';
import type { OF_GROUPS } from '../../../../lib/findings/texts/groups.js';

const ONE_NAME =
  'Tragen Sie einen Namen in {setting} ein; Klammern, Sterne und Backslashes darin schreibt man \\28, \\29, \\2a und \\5c.';
const NAMING = 'Nennen Sie in {setting} das Attribut mit dem Namen einer Gruppe, etwa cn.';
const LISTING =
  'Nennen Sie in {setting} das Attribut, das die Mitglieder aufführt, etwa member, uniqueMember oder memberUid.';
const FORMAT =
  'Setzen Sie {setting} auf {wanted}, oder auf das, was {member} sonst von einem Mitglied enthält; oder schalten Sie LDAP_Group_Filter_Enable aus.';
const KEPT = 'ihretwegen wird nichts gegeben und nichts genommen';
const LISTED = '{names}[ und {more} weitere]';

/** Of the group whose members are synced, and of the groups that are read. */
export const groups: WordsOf<typeof OF_GROUPS> = {
  'group-value-empty': ['{setting} ist leer.', ONE_NAME],
  'group-value-unusable': ['{setting} ist {value}; das ist kein Wert.', ONE_NAME],
  'group-name-attribute-empty': ['{setting} ist leer.', NAMING],
  'group-name-attribute-unusable': ['{setting} ist {value}; das ist kein Attribut einer Gruppe.', NAMING],
  'member-attribute-empty': ['{setting} ist leer.', LISTING],
  'member-attribute-unusable': ['{setting} ist {value}; das ist kein Attribut einer Gruppe.', LISTING],
  'member-format-empty': [
    '{setting} ist leer; nichts sagt, wie {member} ein Mitglied aufführt. Rocket.Chat ließe dann alle durch.',
    FORMAT,
  ],
  'member-format-unusable': ['{setting} ist {value}; das sagt nichts von einer einzelnen Person.', FORMAT],
  'groups-unread': [
    `Die Gruppen von {groups} ließen sich nicht lesen; ${KEPT}: {why}`,
    'Lassen Sie das Dienstkonto die Gruppen lesen, und sehen Sie in die Protokolle des Verzeichnisservers.',
  ],
  'groups-nowhere': [
    `Keine der Gruppen von {groups} wurde unter {base} gefunden; ${KEPT}.`,
    'Berichtigen Sie {setting}, {filter} oder die Namen in {groups}, und lassen Sie das Dienstkonto die Gruppen lesen.',
  ],
  'groups-missing': [
    `Gruppen von {groups}, die nicht gefunden werden: ${LISTED}; ${KEPT}.`,
    'Berichtigen Sie die Namen in {groups}, oder {setting} und {filter}; eine Gruppe, die es nicht mehr gibt, muss aus {groups} heraus.',
  ],
  'groups-empty': [
    `Gruppen von {groups}, die kein Mitglied zeigen: ${LISTED}; ${KEPT}.`,
    'Lassen Sie das Dienstkonto die Mitglieder lesen, und berichtigen Sie {filter}. Eine Gruppe, die leer sein soll, ist von einer, die ihre Mitglieder verbirgt, nicht zu unterscheiden: Geben Sie ihr irgendein Mitglied, oder nehmen Sie sie aus {groups}.',
  ],
  'groups-dynamic': [
    `Gruppen von {groups}, die dynamisch sind (memberURL: die Antwort auf eine Suche) oder eine solche in sich haben: ${LISTED}; ${KEPT}.`,
    'Nennen Sie in {groups} Gruppen, die ihre Mitglieder aufführen.',
  ],
  'groups-cut': [
    `Gruppen von {groups}, die nicht ganz gezeigt werden oder solche in sich haben: ${LISTED}; ${KEPT}.`,
    'Lassen Sie das Dienstkonto alle Mitglieder dieser Gruppen und der Gruppen in ihnen lesen, und die Einträge aller Mitglieder; nehmen Sie Mitglieder, die es nicht mehr gibt, und Gruppen ohne Mitglieder aus den Gruppen heraus.',
  ],
};
