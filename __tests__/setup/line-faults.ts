import type { SeededRandom } from './seeded-random.js';
import type { Distorted, TcpProxyOptions } from './tcp-proxy.js';

type Trouble = Omit<TcpProxyOptions, 'targetPort'>;

const SLOW_BYTES = 400;
const SLOW_CHUNKS = 40;

/** What can happen to a line, at the given byte of what the server says. */
export const LINE_FAULTS = {
  cut: (at) => ({ cutAfterBytes: at }),
  stall: (at) => ({ stallAfterBytes: at }),
  slow: (at) =>
    distortOnce(at, (chunk) => ({
      chunks: pieces(chunk, Math.max(SLOW_BYTES, Math.ceil(chunk.length / SLOW_CHUNKS))),
      pauseMs: 2,
    })),
  trickle: (at) =>
    distortOnce(at, (chunk) => ({
      chunks: [...pieces(chunk.subarray(0, 30), 1), chunk.subarray(30)],
      pauseMs: 1,
    })),
  halve: (at) => distortOnce(at, (chunk) => ({ chunks: [chunk.subarray(0, Math.ceil(chunk.length / 2))] })),
  duplicate: (at) => distortOnce(at, (chunk) => ({ chunks: [chunk, chunk] })),
} satisfies Record<string, (at: number) => Trouble>;

export type LineFault = keyof typeof LINE_FAULTS;

export function pickLineFault(
  random: SeededRandom,
  bytes: number,
  from = 0,
): { readonly name: LineFault; readonly at: number; readonly trouble: Trouble } {
  const name = random.pick(Object.keys(LINE_FAULTS) as LineFault[]);
  const at = random.integer(from, from + bytes);
  return { name, at, trouble: LINE_FAULTS[name](at) };
}

function distortOnce(at: number, distort: (chunk: Buffer) => Distorted): Trouble {
  let isDone = false;
  return {
    distort(chunk, before) {
      if (isDone || before + chunk.length < at) return { chunks: [chunk] };
      isDone = true;
      return distort(chunk);
    },
  };
}

function pieces(chunk: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(chunk.length / size) }, (_, index) =>
    chunk.subarray(index * size, (index + 1) * size),
  );
}
