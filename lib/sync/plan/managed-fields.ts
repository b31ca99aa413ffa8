import type { UserRecord } from '../../../models/user.js';
import type { CustomFieldPath } from '../../settings/custom-fields/custom-field.js';
import { toLocalPart } from '../../mapping/home-server.js';
import { toGuessedName } from '../../mapping/username.js';
import { TEXT_FIELDS, type TextField } from '../../settings/text-fields.js';
import type { ABAC_FIELD } from './abac.js';
import { arrangeAddresses, toEmailRecords } from './email-records.js';
import { valueAt } from './field-path.js';
import type { FieldMapping, FieldRules } from './field-rules.js';
import { GIVEN_ROLES, REPLACED, REPLACED_ATTRIBUTE_NAME, REPLACED_EMAILS } from './merge-rules.js';
import { toWantedRoles } from './roles.js';
import { toStanding } from './standing-value.js';

/** Where the user has the texts of a person. */
const TEXT_PATHS = { sipExtension: 'sipExtension' } as const satisfies Record<TextField, string>;

/**
 * The fields of a user that a run manages, as paths in the user's document. Every other field is the host's
 * and is never touched. (The user name, `active` and `importIds` are managed too; each has a way of its own
 * into the user.)
 */
export type ManagedField = FixedField | CustomFieldPath | typeof ABAC_FIELD;

/** Those that every run manages. */
type FixedField =
  | 'type'
  | 'ldap'
  | 'federated'
  | 'name'
  | 'emails'
  | 'services.ldap.id'
  | 'services.ldap.idAttribute'
  | 'roles'
  | (typeof TEXT_PATHS)[TextField];

const UNIQUE_ID = { ad: 'LDAP_Unique_Identifier_Field', other: 'LDAP_Unique_Identifier_Field' } as const;

/** Everything that the engine knows about each field; what the settings of a run fill comes in addition. */
export const MANAGED_FIELDS: Readonly<Record<FixedField, FieldRules>> = {
  type: {
    wanted: () => 'user',
    stored: ({ type }) => type,
    merge: REPLACED,
    ofNewUser: () => 'user',
    isTold: false,
  },
  ldap: {
    wanted: () => true,
    stored: ({ ldap }) => ldap,
    merge: REPLACED,
    ofNewUser: () => true,
    isTold: false,
  },
  federated: {
    mapped: {
      part: 'homeServer',
      by: { ad: 'LDAP_FederationHomeServer_Field', other: 'LDAP_FederationHomeServer_Field' },
      loss: 'never',
      unmapped: 'Home servers are not read: the setting is empty.',
    },
    // Rocket.Chat converts no account.
    wanted: () => undefined,
    stored: ({ federated }) => federated,
    merge: REPLACED,
    ofNewUser: ({ person }) => (person.homeServer === undefined ? undefined : true),
    isTold: true,
  },
  name: {
    mapped: { part: 'name', by: { ad: 'LDAP_AD_Name_Field', other: 'LDAP_Name_Field' }, loss: 'never' },
    wanted: ({ name, alternatives, unreadParts }, { name: stored }) =>
      stored && unreadParts?.includes('name')
        ? undefined
        : toStanding('name', name, { alternatives, stored }),
    stored: ({ name }) => name,
    merge: REPLACED,
    ofNewUser: ({ person, username }) => person.name ?? toGuessedName(toLocalPart(username)),
    isTold: true,
  },
  emails: {
    mapped: {
      part: 'emails',
      by: { ad: 'LDAP_AD_Email_Field', other: 'LDAP_Email_Field' },
      // An address that was made of the user name says nothing about the attribute.
      loss: {
        what: 'e-mail address',
        isFilled: ({ hasBuiltAddress, emails }) => !hasBuiltAddress && emails.length > 0,
      },
    },
    wanted: (person, { emails }, { emailsVerified }) =>
      person.homeServer !== undefined || (emails?.length && person.unreadParts?.includes('emails'))
        ? undefined
        : toEmailRecords(arrangeAddresses(person, emails), emails, emailsVerified),
    stored: ({ emails }) => emails,
    merge: REPLACED_EMAILS,
    ofNewUser: ({ person }, { emailsVerified }) => toEmailRecords(person.emails, undefined, emailsVerified),
    isTold: true,
  },
  'services.ldap.id': {
    mapped: { part: 'id', by: UNIQUE_ID, loss: 'never' },
    wanted: ({ id, former }) => (former ? undefined : id),
    stored: ({ services }) => services?.ldap?.id,
    merge: REPLACED,
    ofNewUser: ({ person }) => person.id,
    isTold: true,
  },
  'services.ldap.idAttribute': {
    wanted: ({ idAttribute, former }) => (former ? undefined : idAttribute),
    stored: ({ services }) => services?.ldap?.idAttribute,
    merge: REPLACED_ATTRIBUTE_NAME,
    ofNewUser: ({ person }) => person.idAttribute,
    isTold: false,
  },
  roles: {
    wanted: ({ grants }, { roles }, { roleRules: rules }) =>
      toWantedRoles(roles, { grant: grants?.roles, rules }),
    stored: ({ roles }) => roles,
    merge: GIVEN_ROLES,
    // A default role that groups withhold would be taken by the next run.
    ofNewUser: ({ person: { grants } }, { roles, roleRules: rules }) =>
      toWantedRoles(roles, { grant: grants?.roles, rules }),
    isTold: true,
  },
  sipExtension: {
    mapped: {
      ...mapText('sipExtension', 'telephone extension'),
      unmapped: 'Extensions are not synced: the setting is empty.',
    },
    ...ofText('sipExtension'),
  },
};

export const MANAGED_FIELD_NAMES = Object.keys(MANAGED_FIELDS) as readonly FixedField[];

/** A field that is one text, and that a person may have or not have. */
function mapText(field: TextField, what: string): FieldMapping {
  const { setting } = TEXT_FIELDS[field];
  return {
    part: field,
    by: { ad: setting, other: setting },
    loss: { what, isFilled: (person) => Boolean(person[field]) },
  };
}

function ofText(field: TextField): Omit<FieldRules, 'mapped'> {
  const stored = (user: UserRecord): unknown => valueAt(user, TEXT_PATHS[field]);
  return {
    wanted: ({ [field]: text, alternatives }, user) =>
      text === '' ? null : toStanding(field, text, { alternatives, stored: stored(user) }),
    stored,
    merge: REPLACED,
    // An empty text is none.
    ofNewUser: ({ person }) => (person[field] === '' ? undefined : person[field]),
    isTold: true,
  };
}
