/** Which list, and which of its rows: their ids in the history; absent: all that wait. */
export interface Decided {
  readonly runId: string;
  readonly rows?: readonly string[] | undefined;
}

/**
 * `mail`: whether those who are switched off or on are mailed, however many; absent: only where they are few.
 */
export interface Approved extends Decided {
  readonly mail?: boolean | undefined;
}
