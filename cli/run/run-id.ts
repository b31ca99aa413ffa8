const RUN_ID = /^[0-9A-Za-z]{17}$/;

export function isRunId(text: string): boolean {
  return RUN_ID.test(text);
}

/** A run as a command that somebody may copy names it; what is none stays out of a shell. */
export function toArgument(runId: string): string {
  return isRunId(runId) ? runId : 'RUN';
}

/** The command that shows what of a run waits for a decision. */
export function toWaitingCommand(runId: string): string {
  return `chat-ldap-sync changes ${toArgument(runId)} --waiting`;
}
