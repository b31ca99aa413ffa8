import type { Directory, DirectoryAddress, OpenDirectory } from '../directory/directory.js';
import { LdapSyncError } from '../errors.js';

/** One connection for all sections of a test: a wrong password is tried once, and a lost line is made anew. */
export interface ProbeSession {
  /** Rejects with the same error for everybody while the directory cannot be opened. */
  directory(): Promise<Directory>;
  /** The line is not to be used any more: the next section gets a new one. */
  drop(): void;
  close(): void;
}

interface Opening {
  readonly address: DirectoryAddress;
  readonly openDirectory: OpenDirectory;
  readonly signal: AbortSignal;
}

export function createProbeSession({ address, openDirectory, signal }: Opening): ProbeSession {
  let opening: Promise<Directory> | undefined;

  function close(): void {
    void opening?.then((directory) => directory.close()).catch(() => undefined);
  }

  return {
    directory: () => (opening ??= openDirectory(address, signal)),
    drop() {
      close();
      opening = undefined;
    },
    close,
  };
}

/** Whether the connection is over. */
export function isLine(error: unknown): boolean {
  return (
    error instanceof LdapSyncError && (error.code === 'directory-lost' || error.code === 'directory-timeout')
  );
}
