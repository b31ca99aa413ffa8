import type { AttributeSource } from '../attribute-source.js';
import type { Pattern } from './pattern.js';

/** What is looked for: a text as it is, or a pattern. */
export type Sought = string | Pattern;

/** What is done with a text; the names and the meaning are Rocket.Chat's. */
export type Operation =
  | {
      readonly kind: 'match';
      readonly pattern: Pattern;
      readonly indexToUse: number | undefined;
      readonly valueIfTrue: string;
      readonly valueIfFalse: string;
    }
  | {
      readonly kind: 'replace';
      readonly sought: Sought;
      readonly isForAll: boolean;
      readonly replacement: string;
    }
  | { readonly kind: 'split'; readonly separator: string; readonly indexToUse: number }
  | { readonly kind: 'substring'; readonly start: number; readonly end: number | undefined }
  | { readonly kind: 'fallback'; readonly minLength: number; readonly fallback: AttributeSource };

/** An attribute that is computed of others, entry by entry. */
export interface Variable {
  readonly name: string;
  readonly input: AttributeSource;
  /** Absent: the variable is a copy of the input. */
  readonly operation?: Operation;
}
