import { toWidth } from '../../cli/terminal/printable.js';

const INDENT = /^ */;
/** What follows the first line of an indented text stands a little further in. */
const HANGING = 2;
// eslint-disable-next-line no-control-regex -- the style of a terminal (ECMA-48 SGR) takes no column
const STYLE = /\u001b\[\d+m/g;

/** Breaks a line between words so that none is wider than the terminal; a longer word stays whole. */
export function wrapLine(line: string, columns: number): readonly string[] {
  if (widthOf(line) <= columns) return [line];
  const indent = INDENT.exec(line)?.[0] ?? '';
  const hanging = indent + ' '.repeat(HANGING);
  const lines: string[] = [];
  let current = indent;
  let isStarted = false;
  for (const word of line.slice(indent.length).split(/(?<= )(?=[^ ])/)) {
    if (isStarted && widthOf(current + word.trimEnd()) > columns) {
      lines.push(current.trimEnd());
      current = hanging;
    }
    current += word;
    isStarted = true;
  }
  return [...lines, current.trimEnd()];
}

function widthOf(text: string): number {
  return toWidth(text.replace(STYLE, ''));
}
