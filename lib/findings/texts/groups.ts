import type { FindingTexts } from '../finding-texts.js';

const ONE_NAME =
  'Put one name into {setting}; parentheses, asterisks and backslashes in it are written \\28, \\29, \\2a and \\5c.';
const NAMING = 'Name the attribute with the name of a group in {setting}, for example cn.';
const LISTING =
  'Name the attribute that lists the members in {setting}, for example member, uniqueMember or memberUid.';
const FORMAT =
  'Set {setting} to {wanted}, or to what else {member} holds of a member; or switch LDAP_Group_Filter_Enable off.';
const KEPT = 'nothing is given and nothing is taken away on their account';
const LISTED = '{names}[ and {more} more]';

/** Of the group whose members are synced, and of the groups that are read. */
export const OF_GROUPS = {
  'group-value-empty': ['{setting} is empty.', ONE_NAME],
  'group-value-unusable': ['{setting} is {value}, which is no value.', ONE_NAME],
  'group-name-attribute-empty': ['{setting} is empty.', NAMING],
  'group-name-attribute-unusable': ['{setting} is {value}, which is no attribute of a group.', NAMING],
  'member-attribute-empty': ['{setting} is empty.', LISTING],
  'member-attribute-unusable': ['{setting} is {value}, which is no attribute of a group.', LISTING],
  'member-format-empty': [
    '{setting} is empty, so nothing says how {member} lists a member; Rocket.Chat lets everybody pass then.',
    FORMAT,
  ],
  'member-format-unusable': ['{setting} is {value}, which says nothing of one person.', FORMAT],
  'groups-unread': [`The groups of {groups} could not be read, so ${KEPT}: {why}`, '{todo}'],
  'groups-nowhere': [
    `None of the groups of {groups} was found under {base}, so ${KEPT}.`,
    'Correct {setting}, {filter} or the names in {groups}, and let the service account read the groups.',
  ],
  'groups-missing': [
    `Groups of {groups} that are not found: ${LISTED}; ${KEPT}.`,
    'Correct the names in {groups}, or {setting} and {filter}; a group that is gone for good has to be taken out of {groups}.',
  ],
  'groups-empty': [
    `Groups of {groups} that show no member: ${LISTED}; ${KEPT}.`,
    'Let the service account read the members, and correct {filter}. A group that is meant to be empty cannot be told from one that hides its members: put anybody into it, or take it out of {groups}.',
  ],
  'groups-dynamic': [
    `Groups of {groups} that are dynamic (memberURL: the answer to a search), or have such a group in them: ${LISTED}; ${KEPT}.`,
    'Name groups that list their members in {groups}.',
  ],
  'groups-cut': [
    `Groups of {groups} that are not wholly shown, or have groups in them that are not: ${LISTED}; ${KEPT}.`,
    'Let the service account read all members of these groups and of the groups in them, and the entries of all members; take members that are gone, and groups without members, out of the groups they are in.',
  ],
} as const satisfies FindingTexts;
