import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { hasDot, LETTER_HEIGHT, LETTER_WIDTH } from './pixel-letters.js';

export type PortraitFormat = 'jpeg' | 'png' | 'webp';

type Colour = readonly [red: number, green: number, blue: number];

const SIZE = 240;
const OUTPUT_SIZE = 160;
const DOT = 13;

/**
 * A picture of somebody: a coloured disc with two letters. The same `seed` gives the same bytes, another one
 * others.
 */
export function drawPortrait(initials: string, seed: string, format: PortraitFormat): Promise<Buffer> {
  const disc = toColour(seed);
  const letters = Array.from(initials.toUpperCase()).slice(0, 2);
  const pixels = Buffer.alloc(SIZE * SIZE * 3, 255);
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      if (!isInDisc(x, y) || isInk(letters, x, y)) continue;
      for (let part = 0; part < 3; part += 1) pixels[(y * SIZE + x) * 3 + part] = disc[part] ?? 0;
    }
  }
  return sharp(pixels, { raw: { width: SIZE, height: SIZE, channels: 3 } })
    .resize(OUTPUT_SIZE)
    .toFormat(format)
    .toBuffer();
}

function isInDisc(x: number, y: number): boolean {
  return (x - SIZE / 2) ** 2 + (y - SIZE / 2) ** 2 < (SIZE / 2 - 3) ** 2;
}

function isInk(letters: readonly string[], x: number, y: number): boolean {
  const width = letters.length * (LETTER_WIDTH + 1) - 1;
  const column = Math.floor((x - (SIZE - width * DOT) / 2) / DOT);
  const row = Math.floor((y - (SIZE - LETTER_HEIGHT * DOT) / 2) / DOT);
  if (column < 0 || row < 0 || row >= LETTER_HEIGHT) return false;
  const letter = letters[Math.floor(column / (LETTER_WIDTH + 1))];
  return letter !== undefined && hasDot(letter, column % (LETTER_WIDTH + 1), row);
}

/** Dark enough for white letters: at most 170 of 255 in each part. */
function toColour(seed: string): Colour {
  const [red = 0, green = 0, blue = 0] = createHash('sha256').update(seed).digest();
  return [red % 171, green % 171, blue % 171];
}
