import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../../cli/program.js';
import type { Tool } from '../../cli/tool.js';

const PAGE = readFileSync(join(__dirname, '../../docs/command-line.md'), 'utf8');

interface Verb {
  name(): string;
  readonly commands: readonly Verb[];
  readonly options: readonly { readonly long?: string | undefined }[];
}

const program = createProgram({ terminal: {} } as Tool, '0.0.0') as unknown as Verb;
const verbs = program.commands.flatMap((verb) =>
  verb.commands.length === 0
    ? [{ name: verb.name(), verb }]
    : verb.commands.map((one) => ({ name: `${verb.name()} ${one.name()}`, verb: one })),
);

/** The verbs in the first cells of the table; the first one of a cell may name a group for the others. */
function toDocumented(): readonly string[] {
  const [, table = ''] = /^\| command +\|.*\n\|[ -|]+\n((?:\|.*\n)+)/m.exec(PAGE) ?? [];
  return table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const cells = [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
      const names = cells.map((text) => text.replace(/ \[?[A-Za-z]*[A-Z:/[\]]+.*$/, ''));
      const [group, member] = names[0]?.split(' ') ?? [];
      return member === undefined
        ? names
        : names.map((name, index) => (index === 0 ? name : `${group ?? ''} ${name}`));
    });
}

describe('the page of the command line', () => {
  it('has every command in its table, and no other', () => {
    expect([...toDocumented()].sort()).toEqual(verbs.map(({ name }) => name).sort());
  });

  it('names no option that no command has', () => {
    const known = new Set(verbs.flatMap(({ verb }) => verb.options.map(({ long }) => long)));
    // Of npm, docker and the program itself.
    for (const foreign of ['--help', '--build', '--wait']) known.add(foreign);
    const named = [...PAGE.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([option]) => option);
    expect(named.filter((option) => !known.has(option))).toEqual([]);
  });
});
