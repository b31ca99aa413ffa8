import type { FindingTexts } from '../finding-texts.js';

const PLAIN_PATTERN =
  'Write a regular expression of JavaScript that needs no flags, without look-around and back-references, for example {example}.';
const LEFT_OUT = 'LDAP_User_Search_AttributesToQuery leaves out {missing}, which is mapped ({setting}):';
const ADD = 'Add {missing} to LDAP_User_Search_AttributesToQuery, or name another attribute in {setting}.';

/** Of how an entry becomes a person. */
export const OF_FIELDS = {
  'one-attribute-counts': [
    '{setting} names several attributes, of which only the first counts.',
    'Name the one attribute with the {field}.',
  ],
  'domain-unusable': [
    'LDAP_Default_Domain is not a domain name.',
    'Put a domain such as example.com there, or leave it empty.',
  ],
  'server-name-unusable': [
    'Federation_Service_Domain is no server name: {why}.',
    'Put the server name of this chat server there, for example chat.example.org.',
  ],
  'username-pattern-unusable': ['{setting}, between ^ and $, {why}.', PLAIN_PATTERN],
  'room-pattern-unusable': ['{setting}, between ^ and $, {why}, so its default is used.', PLAIN_PATTERN],
  'state-attributes-unknown': [
    '{setting} names {names}, which it does not know.',
    'Name there only {known}, or nothing.',
  ],
  'admin-not-given': [
    '{setting} names the role admin, which a sync gives to no new user.',
    'Take admin out of it, and make administrators in the chat server.',
  ],
  'queried-attributes-unusable': [
    'LDAP_User_Search_AttributesToQuery has {names}, which cannot be an LDAP attribute.',
    'Name attributes with commas between them, * for all usual ones, + for all operational ones.',
  ],
  'unread-so-kept': [`${LEFT_OUT} it is not read, and users keep what they have of it.`, ADD],
  'unread-id': [`${LEFT_OUT} nobody could be told apart.`, ADD],
  'unread-among-ids': [`${LEFT_OUT} people are told apart by the others that it names.`, ADD],
  'unread-username': [`${LEFT_OUT} nobody would have a user name.`, ADD],
  'unread-address': [`${LEFT_OUT} nobody would have an address.`, ADD],
  'unread-home-server': [`${LEFT_OUT} people of other servers would become users of this one.`, ADD],
  'unread-state': [`${LEFT_OUT} nobody who is disabled by it would be seen.`, ADD],
} as const satisfies FindingTexts;
