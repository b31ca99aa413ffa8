import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FENCE = /^ *```(\w+)(?: +(\S+))?\n([^]*?)^ *```$/gm;

export interface PageBlock {
  readonly language: string;
  /** The name behind the language; empty without one. */
  readonly name: string;
  readonly text: string;
}

/** The blocks of code of a page, such as `docs/hosts.md`, in their order. */
export function readBlocks(page: string): readonly PageBlock[] {
  const text = readFileSync(join(__dirname, '../..', page), 'utf8');
  return [...text.matchAll(FENCE)].map(([, language = '', name = '', code = '']) => ({
    language,
    name,
    text: code,
  }));
}

/** Throws when the page has no block of that name, or several. */
export function blockOf(blocks: readonly PageBlock[], name: string): string {
  const [block, ...others] = blocks.filter((one) => one.name === name);
  if (!block || others.length > 0)
    throw new Error(`There are ${others.length + (block ? 1 : 0)} blocks called ${name}.`);
  return block.text;
}
