/**
 * Where a row of a run's account stands: the id by which people name it. Rows never move, so the place of a row is
 * its name: `r-0000001-17` is the eighteenth row of the first document of removals.
 */
export interface RowPlace {
  /** The `_id` of the document: `<runId>/<part>/<number>`. */
  readonly chunkId: string;
  readonly index: number;
}

export const ROW_ID = /^[pr]-\d{7}-\d{1,5}$/;

export function toRowId({ chunkId, index }: RowPlace): string {
  const [part = '', number = ''] = chunkId.split('/').slice(-2);
  return `${part}-${number}-${index}`;
}

/** The ids of the documents that a run has written as the pages came (`p`), or that list its removals (`r`). */
export function inPart(runId: string, part: 'p' | 'r'): { readonly $gt: string; readonly $lt: string } {
  return { $gt: `${runId}/${part}/`, $lt: `${runId}/${part}/~` };
}
