/** The parts of the answers about settings that the page shows. Times are ISO 8601. */
import type { Coded, Problem, Requester } from './answers.js';

export type Value = boolean | number | string;
/** `null`: the default. */
export type GivenValue = Value | null;
export type GivenValues = Readonly<Record<string, GivenValue>>;

export interface SettingRow {
  readonly setting: string;
  readonly value?: unknown;
  readonly isSecret: boolean;
  readonly source: 'environment' | 'database' | 'default';
  readonly default?: Value | undefined;
  readonly type?: 'boolean' | 'int' | 'string' | undefined;
  readonly range?: { readonly min: number; readonly max: number } | readonly string[] | undefined;
  readonly part?: string | undefined;
  readonly about: string;
  readonly effect: 'used' | 'none';
}
export interface SettingsPage {
  readonly settings: readonly SettingRow[];
  readonly revision: string | null;
  readonly isWritable: boolean;
  readonly isSharedWithRocketChat: boolean;
}

/** With a setting, always. */
export type SettingProblem = Problem & Coded & { readonly setting: string };

export interface SettingsSaved {
  readonly revision: string | null;
  readonly warnings: readonly SettingProblem[];
  readonly isSharedWithRocketChat: boolean;
}

export interface SettingChange {
  readonly setting: string;
  readonly isSecret?: boolean;
  readonly from?: unknown;
  readonly to?: unknown;
}
export interface HistoryEntry {
  readonly _id: string;
  readonly at: string;
  readonly by: Requester;
  readonly changes: readonly SettingChange[];
  readonly restores?: string | undefined;
  readonly applies?: string | undefined;
}

/** Sentences about what was seen, and the same for translation. */
export interface Evidence {
  readonly because: string;
  readonly seen?: readonly Coded[];
}
export interface Candidate extends Evidence {
  readonly value: Value;
}
export interface Proposal extends Candidate {
  readonly setting: string;
  readonly current: Value;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly others: readonly Candidate[];
}
export interface Suggestion {
  readonly server?: {
    readonly host: string;
    readonly port: number;
    readonly name: string;
    readonly version?: string;
  };
  readonly looked: {
    readonly base?: string;
    readonly people: number;
    readonly isMore: boolean;
    readonly groups: number;
  };
  readonly proposals: readonly Proposal[];
  readonly hints: readonly (SettingProblem & { readonly value?: Value })[];
  readonly needs: readonly SettingProblem[];
}
