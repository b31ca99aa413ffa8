import type { Pattern, PatternMatch } from '../../settings/variables/pattern.js';

/** Why a variable cannot be computed; continues a sentence about it. */
export class VariableFault extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'VariableFault';
  }
}

/** Longest text that a variable may be, or be made of. */
const MAX_VARIABLE = 4_096;

/** What all patterns of one entry may cost: below half a second on a slow machine. */
const MAX_STEPS = 8_000_000;

/** Looks for patterns in one entry. Each look is linear; so many of them may not be. */
export interface PatternLook {
  find(pattern: Pattern, text: string, from: number): PatternMatch | undefined;
}

/** Throws {@link VariableFault} when the entry has cost too much. */
export function createPatternLook(): PatternLook {
  let left = MAX_STEPS;
  return {
    find(pattern, text, from) {
      left -= (text.length - from + 1) * pattern.size;
      if (left < 0) throw new VariableFault('takes too much work: the text is too long for the pattern');
      return pattern.find(text, from);
    },
  };
}

/** Throws {@link VariableFault} for a text that is longer than a variable may be. */
export function assertLength(text: string): string {
  if (text.length > MAX_VARIABLE) throw new VariableFault(`becomes longer than ${MAX_VARIABLE} characters`);
  return text;
}
