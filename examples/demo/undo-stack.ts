/** What has to be undone at the end, in reverse. */
export interface UndoStack {
  push(undo: () => Promise<unknown>): void;
  /** Undoes everything; what fails is told and does not keep the rest. Idempotent. */
  run(): Promise<void>;
}

export function createUndoStack(): UndoStack {
  const undos: (() => Promise<unknown>)[] = [];
  return {
    push: (undo) => void undos.push(undo),
    async run() {
      for (let undo = undos.pop(); undo; undo = undos.pop()) {
        await undo().catch((error: unknown) =>
          console.error(error instanceof Error ? error.message : String(error)),
        );
      }
    },
  };
}
