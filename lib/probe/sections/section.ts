import type { Evidence } from '../../findings/observation.js';
import type { SettingProblem } from '../../settings/settings.js';
import type {
  AccountFacts,
  ConnectionFacts,
  GroupsFacts,
  MappingFacts,
  PeopleFacts,
} from './section-facts.js';

/** In the order in which one needs the other. */
export const SECTION_NAMES = ['connection', 'account', 'people', 'mapping', 'groups'] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

/** `warning`: it works, and something should be mended. `skipped`: it is not set up. */
export type SectionState = 'ok' | 'warning' | 'failed' | 'skipped';

/** What one section of the settings does. */
export interface Section<Facts> {
  readonly state: SectionState;
  /** With these a sync fails, or does less than was meant. */
  readonly problems: readonly SettingProblem[];
  readonly warnings: readonly SettingProblem[];
  /** Why nothing was tested. */
  readonly skipped?: string;
  /** The same, for translation. */
  readonly seen?: Evidence['seen'];
  /** What was found out, as far as that went. */
  readonly facts?: Facts;
}

export interface SectionFacts {
  readonly connection: ConnectionFacts;
  readonly account: AccountFacts;
  readonly people: PeopleFacts;
  readonly mapping: MappingFacts;
  readonly groups: GroupsFacts;
}

export type SectionReports = { readonly [Name in SectionName]?: Section<SectionFacts[Name]> };

/** What a section has found out. */
export interface Finding<Facts> {
  readonly facts?: Facts | undefined;
  readonly problems?: readonly SettingProblem[];
  readonly warnings?: readonly SettingProblem[];
}

export function toSection<Facts>({ facts, problems = [], warnings = [] }: Finding<Facts>): Section<Facts> {
  const state = problems.length > 0 ? 'failed' : warnings.length > 0 ? 'warning' : 'ok';
  return { state, problems, warnings, ...(facts === undefined ? {} : { facts }) };
}

export function skipped({ because, seen }: Evidence): Section<never> {
  return { state: 'skipped', problems: [], warnings: [], skipped: because, seen };
}
