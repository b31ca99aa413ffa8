/** What `ldap.testSettings` says of each section. Times are ISO 8601. */
import type { Told } from './answers.js';
import type { Evidence, SettingProblem } from './settings-answers.js';

export const TESTED = ['connection', 'account', 'people', 'mapping', 'groups'] as const;
export type Tested = (typeof TESTED)[number];

export interface SectionReport<Facts> {
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly problems: readonly SettingProblem[];
  readonly warnings: readonly SettingProblem[];
  readonly skipped?: string;
  readonly seen?: Evidence['seen'];
  readonly facts?: Facts;
}

export interface ShownCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  readonly sha256: string;
  readonly isSelfSigned: boolean;
}
export interface PinOffer {
  readonly setting: string;
  readonly value: string;
  readonly subject: string;
  readonly sha256: string;
  readonly isAuthority: boolean;
  readonly note: string;
  readonly seen?: Evidence['seen'];
}
export interface ConnectionFacts {
  readonly encryption: 'plain' | 'starttls' | 'ldaps';
  readonly isVerified: boolean;
  readonly server?: {
    readonly host: string;
    readonly port: number;
    readonly name: string;
    readonly version?: string;
  };
  readonly otherHosts: number;
  readonly openedMs?: number;
  readonly tls?: {
    readonly protocol: string;
    readonly chain: readonly ShownCertificate[];
    readonly fitsName: boolean;
    readonly distrust?: { readonly kind: string; readonly reason: string };
  };
  readonly pin?: PinOffer;
}
export interface AccountFacts {
  readonly bindDN?: string;
  readonly identity?: string;
  readonly passwordExpires?: string;
  readonly rights: readonly (Evidence & {
    readonly what: 'people' | 'id' | 'state' | 'groups' | 'deleted';
    readonly attributes: readonly string[];
    readonly isReadable: boolean | 'unknown';
  })[];
}
export interface PeopleFacts {
  readonly base: { readonly dn: string; readonly isReadable: boolean };
  readonly scope: string;
  readonly filter: string;
  readonly count: number;
  readonly isMore: boolean;
  readonly samples: readonly { readonly dn: string; readonly name?: string; readonly username?: string }[];
  readonly lastRun?: { readonly runId: string; readonly at: string; readonly read: number };
}
export interface MappingFacts {
  readonly sampled: number;
  readonly fields: readonly {
    readonly part: string;
    readonly setting: string;
    readonly having: number;
    readonly attributes: readonly {
      readonly name: string;
      readonly having: number;
      readonly state: string;
    }[];
  }[];
  readonly people: readonly {
    readonly dn: string;
    readonly rejection?: Told;
    readonly fields: readonly { readonly field: string; readonly value: string }[];
    readonly photo?: { readonly bytes: number; readonly sha256: string };
  }[];
}
export interface GroupsFacts {
  readonly used: readonly {
    readonly setting: string;
    readonly groups: readonly {
      readonly name: string;
      readonly state: unknown;
      readonly dns: readonly string[];
    }[];
    readonly more: number;
  }[];
  readonly overviews: readonly {
    readonly base: string;
    readonly groups: number;
    readonly isMore: boolean;
    readonly biggest: readonly { readonly dn: string; readonly members: number; readonly isMore: boolean }[];
    readonly nested: number;
    readonly empty: { readonly count: number };
  }[];
}

export interface FactsOf {
  readonly connection: ConnectionFacts;
  readonly account: AccountFacts;
  readonly people: PeopleFacts;
  readonly mapping: MappingFacts;
  readonly groups: GroupsFacts;
}
export type SectionReports = { readonly [Name in Tested]?: SectionReport<FactsOf[Name]> };
