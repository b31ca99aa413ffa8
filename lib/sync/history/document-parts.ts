import { mongo } from 'mongoose';

/**
 * A quarter of the largest document of MongoDB (16 MB), because rows grow a little when they are corrected.
 */
const MAX_BYTES = 4 * 1_024 * 1_024;

/** The same rows in their order, in lists that fit into a document each. A single row is taken as it is. */
export function toParts<Row extends object>(rows: readonly Row[]): readonly (readonly Row[])[] {
  const parts: Row[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    const size = mongo.BSON.calculateObjectSize(row);
    if (bytes + size > MAX_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(row);
    bytes += size;
  }
  return parts;
}
