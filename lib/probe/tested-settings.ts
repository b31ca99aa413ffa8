import type { Settings } from '../settings/settings.js';
import type { SectionName } from './sections/section.js';

/** What is tested. */
export interface TestedSettings {
  readonly username?: string | undefined;
  /** @default those that are saved */
  readonly settings?: Settings | undefined;
}

export interface TestedSections extends TestedSettings {
  readonly sections: readonly SectionName[];
}
