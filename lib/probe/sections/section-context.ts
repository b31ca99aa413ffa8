import type { Clock } from '../../clock.js';
import type { DirectoryAddress, OpenDirectory } from '../../directory/directory.js';
import type { InspectTls } from '../../directory/shown-tls.js';
import type { Settings } from '../../settings/settings.js';
import type { ProbeSession } from '../probe-session.js';

/** What the newest sync read that went well; `undefined`: there is none. */
export type ReadLastRun = () => Promise<
  { readonly runId: string; readonly at: Date; readonly read: number } | undefined
>;

/** What the sections are tested with. */
export interface SectionContext {
  readonly settings: Settings;
  readonly address: DirectoryAddress;
  readonly openDirectory: OpenDirectory;
  readonly inspectTls: InspectTls;
  readonly readLastRun: ReadLastRun;
  readonly clock: Clock;
  readonly session: ProbeSession;
  /** Ends the section. */
  readonly signal: AbortSignal;
  readonly username: string | undefined;
}
