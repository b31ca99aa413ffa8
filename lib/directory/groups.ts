import type { Finding } from '../findings/finding.js';
import type { SearchScope } from './directory.js';
import type { SearchFilter } from './filter/search-filter.js';

/** A person whose groups are asked for. */
export interface GroupPerson {
  /** As the server sent it. */
  readonly dn: string;
  /** What `#{username}` stands for; several are the values of one attribute. */
  readonly usernames: readonly string[];
  /** The SID of the primary group (Active Directory), in hex: such a group does not list its members. */
  readonly primaryGroupSid?: string | undefined;
  /**
   * The groups that the entry itself names (`memberOf`), where that was read. They make nobody a member; they
   * only contradict a group that does not list the person.
   */
  readonly memberOf?: readonly string[] | undefined;
}

/** `unknown`: nothing may be given to the person, and nothing taken away, on account of this group. */
export type Membership = 'member' | 'not-member' | 'unknown';

/** A text with `#{username}`, `#{userdn}` or `#{groupName}` in it. */
export type GroupTemplate = string;

/** An attribute of a group that lists its members. */
export interface MemberLink {
  readonly attribute: string;
  /** What it holds of a person. */
  readonly template: GroupTemplate;
  /** DNs are compared normalised, names without regard to case. */
  readonly by: 'dn' | 'name';
  /** Members of groups that are members count, too. */
  readonly isNested: boolean;
}

/** Which entry is meant by the name of a group. */
export type GroupNaming =
  /** That with this value, with `#{groupName}` in it. */
  | { readonly by: 'value'; readonly attribute: string; readonly template: GroupTemplate }
  /** That with this DN, with `#{groupName}` in it. */
  | { readonly by: 'dn'; readonly template: GroupTemplate }
  /** That with the very name in the first of these attributes that it has. */
  | { readonly by: 'first-present'; readonly attributes: readonly string[] };

/** What a filter of the settings asks, in a form that can be turned round. */
export type GroupForm =
  /** Groups that list their members. */
  | {
      readonly kind: 'listed';
      /** What else every group has to match. */
      readonly fixed: readonly SearchFilter[];
      readonly naming: GroupNaming;
      readonly links: readonly [MemberLink, ...MemberLink[]];
    }
  /** People whose entries name their groups (`memberOf`). */
  | {
      readonly kind: 'member-of';
      /** What else every person has to match. */
      readonly fixed: readonly SearchFilter[];
      /** The DN of the group, with `#{groupName}` in it. */
      readonly group: GroupTemplate;
      readonly person: Omit<MemberLink, 'isNested'>;
    }
  /** Nothing usual: each person is asked for, one search after the other. */
  | {
      readonly kind: 'each-person';
      /** With the placeholders in its values. */
      readonly filter: SearchFilter;
      /** The attributes with the name of a group that is found; none: each group is asked for by itself. */
      readonly nameAttributes: readonly string[];
      readonly why: string;
    };

/** Which members which groups have: what the settings of one feature ask. */
export interface MembershipQuestion {
  readonly baseDN: string;
  readonly scope: SearchScope;
  readonly form: GroupForm;
  /** The names of the groups, as the settings have them. */
  readonly groups: readonly string[];
  /** The settings that say where groups are, how they are found, and which: ids, the second in words. */
  readonly settings: { readonly base: string; readonly filter: string; readonly groups: string };
}

/** What was read of one group. Only of one that is `read` somebody is known not to be a member. */
export type GroupState =
  | 'read'
  /** There is none of this name. */
  | 'missing'
  /** It shows no member at all: it may have none, or hide them. */
  | 'empty'
  /** Its members are the answer to a search (`memberURL`). */
  | 'dynamic'
  /** Not all that it lists could be read. */
  | 'cut'
  /** The search for it failed, or ended early. */
  | 'unread';

export interface GroupReading {
  readonly state: GroupState;
  /** Of the entries that have the name. At most ten. */
  readonly dns: readonly string[];
}

/** Something about groups that an administrator should mend. */
export interface GroupProblem extends Finding {
  readonly setting: string;
}

/** What one person is to the groups of a question. */
export interface PersonMemberships {
  (group: string): Membership;
  /** To all other groups of the question the person is `not-member`. @default any of them may be something else */
  readonly mayBeIn?: readonly string[];
}

/** What the groups said when they were read. */
export interface Memberships {
  /**
   * In the order of the people. Searches only for a question that is asked of each person; then it rejects
   * with `LdapSyncError` when the directory is lost.
   */
  ask(question: MembershipQuestion, people: readonly GroupPerson[]): Promise<readonly PersonMemberships[]>;
  /**
   * Whether the server itself finds the group by this person, in a search of its own, or does not finish that:
   * another witness, for the few who are to lose something. Not during a sweep. Rejects with `LdapSyncError` when the connection
   * fails.
   */
  isMatched(question: MembershipQuestion, group: string, person: GroupPerson): Promise<boolean>;
  /** For a question that is asked of each person, what is known so far. */
  reading(question: MembershipQuestion, group: string): GroupReading;
  /**
   * What is wrong with groups, one of each kind a question; of questions asked of each person, what is known
   * so far.
   */
  problems(): readonly GroupProblem[];
  /** Ends what `ask` has opened. */
  close(): void;
}

/** The groups of a directory. */
export interface Groups {
  /**
   * Reads what the questions ask, in as few searches as possible; not during a sweep of the same connection.
   * Rejects with `LdapSyncError` when the connection fails. A search that the server refuses, or does not
   * finish, makes groups `unread`.
   */
  read(questions: readonly MembershipQuestion[]): Promise<Memberships>;
}
