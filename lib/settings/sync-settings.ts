import type { RemovalCount } from '../../models/removal-kind.js';
import type { DirectoryAddress, SearchScope } from '../directory/directory.js';
import type { SearchFilter } from '../directory/filter/search-filter.js';
import type { AbacAttribute } from './abac/abac-attribute.js';
import type { ChatSettings } from './chat-settings.js';
import type { CustomField } from './custom-fields/custom-field.js';
import type { AttributeSource } from './attribute-source.js';
import type { AttributeRestriction } from './attributes-to-query.js';
import type { HomeServers } from './federation.js';
import type { ActiveStatePolicy, FurtherStateAttribute, StateReading } from './active-state.js';
import type { GrantKind, GroupFilter, GroupGrants, RoleRules } from './group-settings.js';
import type { RoomSettings } from './room-settings.js';
import type { NamedAttributes } from './named-attributes.js';
import type { TextAttributes } from './text-fields.js';
import type { Variable } from './variables/variable.js';

export type { GrantKind, GroupFilter, GroupGrants, RoleRules } from './group-settings.js';

export type UnreadPart = 'username' | 'name' | 'emails';

/** How an entry becomes a person. */
export interface MappingSettings extends TextAttributes {
  /** Candidates for the immutable id, in order. */
  readonly idAttributes: readonly string[];
  /**
   * Attributes that users are still linked by, although another one comes first now. Known once the users
   * have been asked.
   */
  readonly formerIdAttributes?: readonly string[];
  readonly username: AttributeSource;
  readonly slugifyUsername: boolean;
  readonly name: AttributeSource;
  readonly emailAttributes: readonly string[];
  /** Where the home server of a person stands; absent: everybody is of this server. */
  readonly homeServers?: HomeServers | undefined;
  /** Builds `username@domain` for people without mail; empty = off. */
  readonly defaultDomain: string;
  /** Computed of each entry before anything else but its id, its photo and its state. @default none */
  readonly variables?: readonly Variable[];
  /** The custom fields of users that are filled. @default none */
  readonly customFields?: readonly CustomField[];
  /** The ABAC attributes of users that are filled, in the order of the map. @default none */
  readonly abac?: readonly AbacAttribute[];
  /** In order of preference; empty: photos are not wanted. */
  readonly photoAttributes: readonly string[];
  /** Parts of which not all attributes may be read: a user who has one keeps it. @default none */
  readonly unreadParts?: readonly UnreadPart[];
  /** Which attributes may be read. @default all */
  readonly attributesToQuery?: AttributeRestriction;
  /** What silence about being disabled means; known once a server has answered. @default 'optional' */
  readonly stateReading?: StateReading;
  /** What counts beside the usual attributes. @default none */
  readonly furtherState?: readonly FurtherStateAttribute[];
  /** The time, by the database server, at which an account has expired or not; known once a run has begun. */
  readonly stateAt?: Date;
}

/** What a run may do to users. */
export interface SyncPolicy {
  /** False: only the photos and ABAC attributes of linked users are synced. */
  readonly syncUsers: boolean;
  readonly importNew: boolean;
  readonly keepUpdated: boolean;
  readonly mergeExisting: boolean;
  readonly disableMissing: boolean;
  readonly activeState: ActiveStatePolicy;
  /** Whether newcomers may get the names of people who have left, after an approval. */
  readonly freeNames: boolean;
  /** Whether whoever is in none of its groups loses a role. */
  readonly takesRoles: boolean;
}

/** What a user gets when created. */
export interface NewUserSettings {
  readonly emailsVerified: boolean;
  readonly optInEmailSecondFactor: boolean;
  readonly manualApproval: boolean;
  /** In lower case; empty: a new user may have an address of any domain. */
  readonly allowedDomains: readonly string[];
  /** Every new user gets them; an account with others is not merged. */
  readonly roles: readonly string[];
  /** Whether a new user joins the default channels of the host. */
  readonly joinsDefaultChannels: boolean;
}

/** Which user names nobody newly gets. */
export interface UsernameSettings {
  /** By the setting that lists them, as they are written there. */
  readonly blocked: Readonly<Record<BlockedNames, readonly string[]>>;
  /** Whether a user may be renamed to it. Linear in the length of the name, whatever the pattern. */
  fits(username: string): boolean;
}

/** The settings that list user names. */
export type BlockedNames = 'Accounts_SystemBlockedUsernameList' | 'Accounts_BlockedUsernameList';

/** How many removals of one kind may happen without an approval. */
export interface GuardLimit {
  /** 1 to 50, of the linked people; 0 for a kind that always waits. */
  readonly percent: number;
  /** However many people are linked. */
  readonly maximum: number;
}

export interface GuardSettings extends Readonly<Record<RemovalCount, GuardLimit>> {
  /** So few removals are always allowed: five percent of a small team would be none. */
  readonly alwaysAllowed: number;
}

/** How long the account of what was done is kept. */
export interface HistorySettings {
  readonly days: number;
  readonly runs: number;
}

/** What the entries are compared with, before anything is written. */
export interface SurveySettings {
  readonly named: readonly NamedAttributes[];
  /** `LDAP_User_Search_Filter` alone, which the search fields narrow. */
  readonly userFilter: SearchFilter;
  readonly serverType: 'ad' | '';
}

/** The settings of one run: checked, typed, in plain names. */
export interface SyncSettings {
  readonly address: DirectoryAddress;
  readonly search: {
    readonly baseDN: string;
    readonly scope: SearchScope;
    readonly filter: SearchFilter;
    readonly pageSize: number;
    readonly sizeLimit: number;
  };
  /** Only the members of a group are synced. */
  readonly groupFilter?: GroupFilter | undefined;
  /** What groups give; a kind that is off, or whose settings are no good, is absent: nothing is given or taken. */
  readonly grants: Readonly<Partial<Record<GrantKind, GroupGrants>>>;
  /**
   * Known once the host was asked for the roles of the map; then `grants.roles` has their ids. Absent: no role is
   * given or taken.
   */
  readonly roleRules?: RoleRules;
  readonly chat: ChatSettings;
  readonly rooms: RoomSettings;
  readonly survey: SurveySettings;
  readonly mapping: MappingSettings;
  readonly policy: SyncPolicy;
  readonly newUser: NewUserSettings;
  readonly usernames: UsernameSettings;
  readonly guard: GuardSettings;
  readonly history: HistorySettings;
  readonly photo: { readonly size: number; readonly resize: boolean };
}
