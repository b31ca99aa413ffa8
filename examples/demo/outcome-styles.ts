import type { Style } from '../../cli/terminal/style.js';

/** By outcome of a person; the others are dim. */
export const OUTCOME_STYLES: Readonly<Partial<Record<string, Style>>> = {
  created: 'green',
  updated: 'cyan',
  reactivated: 'green',
  deactivated: 'yellow',
  rejected: 'red',
  conflicted: 'red',
  failed: 'red',
};
