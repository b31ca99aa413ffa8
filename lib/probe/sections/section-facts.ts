import type { GroupState } from '../../directory/groups.js';
import type { ShownTls } from '../../directory/shown-tls.js';
import type { Evidence } from '../../findings/observation.js';
import type { PersonReason, PersonReport } from '../settings-report.js';

/** A certificate that would make the connection trusted; a person has to compare its fingerprint first. */
export interface PinOffer {
  readonly setting: 'LDAP_CA_Cert';
  /** PEM. */
  readonly value: string;
  readonly subject: string;
  readonly sha256: string;
  /** False: it is that of the server alone, and has to be changed with it. */
  readonly isAuthority: boolean;
  /** What to do before it is saved. */
  readonly note: string;
  readonly seen: Evidence['seen'];
}

export interface ConnectionFacts {
  readonly encryption: 'plain' | 'starttls' | 'ldaps';
  /** The certificate was verified before anything was sent. */
  readonly isVerified: boolean;
  /** Who answered; absent: nobody did. */
  readonly server?: {
    readonly host: string;
    readonly port: number;
    readonly kind: string;
    readonly name: string;
    readonly version?: string;
  };
  /** How many hosts there are besides the first (`LDAP_Failover_Hosts`). */
  readonly otherHosts: number;
  /** How long it took to connect and to set TLS up, in milliseconds. */
  readonly openedMs?: number;
  readonly tls?: ShownTls;
  readonly pin?: PinOffer;
}

/** Whether the service account can read something that a sync needs, with what shows it or why it cannot be known. */
export interface ReadRight extends Evidence {
  readonly what: 'people' | 'id' | 'state' | 'groups' | 'deleted';
  readonly attributes: readonly string[];
  /** `unknown`: nothing shows it. */
  readonly isReadable: boolean | 'unknown';
}

export interface AccountFacts {
  /** The name that was given to the server; absent: nobody signs in. */
  readonly bindDN?: string;
  /** Whom the server takes it for (RFC 4532), where it says it; `''`: nobody. */
  readonly identity?: string;
  /** When its password expires, where its own entry says it. */
  readonly passwordExpires?: Date;
  readonly rights: readonly ReadRight[];
}

export interface SampledPerson {
  readonly dn: string;
  readonly name?: string;
  readonly username?: string;
}

export interface PeopleFacts {
  readonly base: { readonly dn: string; readonly isReadable: boolean };
  readonly scope: string;
  /** `LDAP_User_Search_Filter`. */
  readonly filter: string;
  /** At most 20,000. */
  readonly count: number;
  readonly isMore: boolean;
  readonly samples: readonly SampledPerson[];
  /** What the newest sync read that went well. */
  readonly lastRun?: { readonly runId: string; readonly at: Date; readonly read: number };
  readonly person?: PersonReport;
}

export interface AttributeUse {
  readonly name: string;
  /** So many of those looked at have it. */
  readonly having: number;
  /** `in-schema`: the server knows it, and nobody looked at has it. `unknown`: it is not in the schema either. */
  readonly state: 'present' | 'in-schema' | 'unknown' | 'unread-schema';
}

export interface FieldUse {
  readonly part: string;
  readonly setting: string;
  readonly isTemplate: boolean;
  /** So many have at least one of the attributes. */
  readonly having: number;
  readonly attributes: readonly AttributeUse[];
}

/** A person as a sync would write them. */
export interface RenderedPerson {
  readonly dn: string;
  /** Why the entry becomes nobody. */
  readonly rejection?: PersonReason;
  readonly fields: readonly { readonly field: string; readonly value: string }[];
  readonly photo?: { readonly bytes: number; readonly sha256: string };
}

export interface MappingFacts {
  /** Entries that were looked at. */
  readonly sampled: number;
  readonly fields: readonly FieldUse[];
  readonly people: readonly RenderedPerson[];
}

export interface GroupOverview {
  readonly base: string;
  /** At most 1,000. */
  readonly groups: number;
  readonly isMore: boolean;
  readonly biggest: readonly { readonly dn: string; readonly members: number; readonly isMore: boolean }[];
  /** Groups that have another group among their members. */
  readonly nested: number;
  readonly dynamic: { readonly count: number; readonly dns: readonly string[] };
  readonly empty: { readonly count: number; readonly dns: readonly string[] };
}

/** The groups of one setting. */
export interface UsedGroups {
  /** The setting that names them. */
  readonly setting: string;
  readonly groups: readonly {
    readonly name: string;
    readonly state: GroupState;
    readonly dns: readonly string[];
  }[];
  /** Further names that are not listed here. */
  readonly more: number;
}

export interface GroupsFacts {
  readonly used: readonly UsedGroups[];
  readonly overviews: readonly GroupOverview[];
}
