/** One scan of a JPEG (ITU-T T.81 §B.2.3). */
export interface JpegScan {
  /** Indices of the components. */
  readonly components: readonly number[];
  readonly ss: number;
  readonly se: number;
  readonly ah: number;
  readonly al: number;
}

export interface JpegShape {
  readonly width: number;
  readonly height: number;
  /** Sampling factors of each component. */
  readonly sampling: readonly (readonly [h: number, v: number])[];
  readonly scans: readonly JpegScan[];
  /** The start-of-frame marker's low byte: 0xc0 baseline, 0xc2 progressive … */
  readonly frame?: number;
}

export const COLOUR = [
  [2, 2],
  [1, 1],
  [1, 1],
] as const;

/**
 * A JPEG of one grey, written by hand: a block costs one bit in a scan of DC coefficients, and 16,384 blocks
 * cost fifteen bits in one of AC coefficients, so that a small file asks for much work.
 */
export function toJpeg({ width, height, sampling, scans, frame = 0xc2 }: JpegShape): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, [0, ...Array<number>(64).fill(1)]),
    segment(frame, [
      8,
      ...uint16(height),
      ...uint16(width),
      sampling.length,
      ...sampling.flatMap(([h, v], index) => [index + 1, (h << 4) | v, 0]),
    ]),
    // One code of one bit each: "difference 0", and "the next 16,384 blocks have ended".
    segment(0xc4, [0x00, 1, ...Array<number>(15).fill(0), 0x00]),
    segment(0xc4, [0x10, 1, ...Array<number>(15).fill(0), frame === 0xc2 ? 0xe0 : 0x00]),
    ...scans.map((scan) => toScan({ width, height, sampling }, scan, frame)),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/**
 * A scan of all DC coefficients, then empty ones of AC coefficients in an order that decoders accept: band
 * after band, bit after bit, component after component.
 */
export function toEmptyScans(count: number, components: number, bandWidth = 63): JpegScan[] {
  const all = Array.from({ length: components }, (_, index) => index);
  const scans: JpegScan[] = [{ components: all, ss: 0, se: 0, ah: 0, al: 0 }];
  for (let ss = 1; ss <= 63; ss += bandWidth) {
    const se = Math.min(63, ss + bandWidth - 1);
    for (const component of all)
      for (let al = 13; al >= 0; al -= 1)
        scans.push({ components: [component], ss, se, ah: al === 13 ? 0 : al + 1, al });
  }
  if (scans.length < count) throw new RangeError(`There are only ${scans.length} such scans.`);
  return scans.slice(0, count);
}

function toScan(
  { width, height, sampling }: Pick<JpegShape, 'width' | 'height' | 'sampling'>,
  { components, ss, se, ah, al }: JpegScan,
  frame: number,
): Buffer {
  const [hMax, vMax] = [Math.max(...sampling.map(([h]) => h)), Math.max(...sampling.map(([, v]) => v))];
  const blocks = components.reduce((sum, index) => {
    const [h, v] = sampling[index] ?? [1, 1];
    return components.length > 1
      ? sum + Math.ceil(width / (8 * hMax)) * Math.ceil(height / (8 * vMax)) * h * v
      : Math.ceil((width * h) / hMax / 8) * Math.ceil((height * v) / vMax / 8);
  }, 0);
  const bits = frame !== 0xc2 ? 2 * blocks : ss === 0 ? blocks : 15 * Math.ceil(blocks / 16_384);
  return Buffer.concat([
    segment(0xda, [
      components.length,
      ...components.flatMap((index) => [index + 1, 0]),
      ss,
      se,
      (ah << 4) | al,
    ]),
    Buffer.alloc(Math.ceil(bits / 8)),
  ]);
}

export function segment(marker: number, content: readonly number[]): Buffer {
  return Buffer.from([0xff, marker, ...uint16(content.length + 2), ...content]);
}

function uint16(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}
