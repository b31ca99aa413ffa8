import type { Run } from '../api/answers.js';

/** Whether the run only showed what would be, and so has nothing that could be decided or taken back. */
export function isPreview({ kind }: Pick<Run, 'kind'>): boolean {
  return kind === 'preview' || kind === 'trial';
}
