import { damaged, unsupported } from './photo-refusal.js';

/** A frame of a JPEG (ITU-T T.81 §B.2.2). */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  readonly progressive: boolean;
  readonly components: readonly { readonly id: number; readonly blocks: number }[];
}

const [BASELINE, EXTENDED, PROGRESSIVE] = [0xc0, 0xc1, 0xc2];
const MAX_SAMPLING = 4;

/** The frame that a start-of-frame segment announces. Throws for the kinds that no camera writes. */
export function readFrame(marker: number, content: Buffer): JpegFrame {
  if (marker !== BASELINE && marker !== EXTENDED && marker !== PROGRESSIVE) throw unsupported(toKind(marker));
  const count = content[5] ?? 0;
  if (count < 1 || count > 4 || content.length < 6 + 3 * count) throw damaged('jpeg');
  const [height, width] = [content.readUInt16BE(1), content.readUInt16BE(3)];
  if (width === 0 || height === 0) throw damaged('jpeg');
  if (content[0] !== 8) throw unsupported(`is a JPEG of ${content[0] ?? 0} bits a sample`);
  const components = Array.from({ length: count }, (_, index) => {
    const [id = 0, sampling = 0] = content.subarray(6 + 3 * index);
    return { id, h: sampling >> 4, v: sampling & 0xf };
  });
  assertComponents(components);
  const [hMax, vMax] = [Math.max(...components.map(({ h }) => h)), Math.max(...components.map(({ v }) => v))];
  const units = Math.ceil(width / (8 * hMax)) * Math.ceil(height / (8 * vMax));
  return {
    width,
    height,
    progressive: marker === PROGRESSIVE,
    components: components.map(({ id, h, v }) => ({ id, blocks: units * h * v })),
  };
}

function assertComponents(
  components: readonly { readonly id: number; readonly h: number; readonly v: number }[],
): void {
  // A scan names its components by these ids. Of two components with one id, one would not be counted.
  if (new Set(components.map(({ id }) => id)).size < components.length) throw damaged('jpeg');
  for (const { h, v } of components)
    if (Math.min(h, v) < 1 || Math.max(h, v) > MAX_SAMPLING) throw damaged('jpeg');
}

function toKind(marker: number): string {
  if (marker === 0xc3) return 'is a lossless JPEG';
  if (marker === 0xc9 || marker === 0xca) return 'is a JPEG with arithmetic coding';
  return 'is a hierarchical or lossless JPEG';
}
