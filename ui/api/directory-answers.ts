import type { Problem, Told } from './answers.js';

/** What runs have seen of the directory. */
export interface DirectoryStatus {
  readonly certificate: Certificate | null;
  readonly problems: readonly (Problem & Pick<Told, 'code' | 'params'>)[];
}
export interface Certificate {
  readonly subject: string;
  readonly validTo: string;
  readonly daysLeft: number;
  readonly host: string;
}
