/** How an entry and a user belong together. */
export interface MatchExplanation {
  readonly rule: 'immutable-id' | 'merge-by-email' | 'new' | 'needs-decision' | 'conflict' | 'not-synced';
  readonly explanation: string;
  readonly remedy?: string;
}
