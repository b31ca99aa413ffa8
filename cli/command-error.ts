import type { Exit } from './exit-codes.js';

/** Something that is wrong, one of several. */
export interface Mistake {
  readonly message: string;
  readonly remedy?: string;
}

interface Details {
  readonly remedy?: string;
  readonly mistakes?: readonly Mistake[];
}

/** A command ends because of something that whoever called it can mend. Carries no secret. */
export class CommandError extends Error {
  readonly exit: Exit;
  readonly remedy: string | undefined;
  readonly mistakes: readonly Mistake[];

  constructor(exit: Exit, message: string, { remedy, mistakes = [] }: Details = {}) {
    super(message);
    this.name = 'CommandError';
    this.exit = exit;
    this.remedy = remedy;
    this.mistakes = mistakes;
  }
}
