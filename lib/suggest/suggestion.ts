import type { Evidence } from '../findings/observation.js';
import type { SettingId } from '../settings/definitions.js';
import type { SettingProblem } from '../settings/settings.js';

export type SettingText = boolean | number | string;

/** Another value that may be meant, with what was seen that speaks for it. */
export interface Candidate extends Evidence {
  readonly value: SettingText;
}

/** A value for a setting, from what the directory really holds. */
export interface Proposal extends Candidate {
  readonly setting: SettingId;
  /** What the setting says now. */
  readonly current: SettingText;
  readonly confidence: 'high' | 'medium' | 'low';
  /** The best first. At most five. */
  readonly others: readonly Candidate[];
}

/** What a judge proposes; what the setting says now is put in afterwards. */
export type Proposed = Omit<Proposal, 'current' | 'others'> & { readonly others?: readonly Candidate[] };

/** Something to do that is not to be tried out without a look: it would change where a password is sent, or how. */
export interface Hint extends SettingProblem {
  readonly value?: SettingText;
}

/** What a look at a directory proposes. */
export interface Suggestion {
  readonly server?: {
    readonly host: string;
    readonly port: number;
    readonly kind: string;
    readonly name: string;
    readonly version?: string;
  };
  /** The parts of the directory (RFC 4512 §5.1). At most twenty. */
  readonly contexts: readonly string[];
  /** How much was looked at. */
  readonly looked: {
    readonly base?: string;
    readonly people: number;
    readonly isMore: boolean;
    readonly groups: number;
  };
  readonly proposals: readonly Proposal[];
  readonly hints: readonly Hint[];
  /** What has to be given before more can be said. */
  readonly needs: readonly SettingProblem[];
}
