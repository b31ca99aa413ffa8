export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

/** Puts a text into a style. */
export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** What may stand between texts: the codes above, line ends and tabs. */
export const OWN_CODES = new RegExp(`(\u001b\\[(?:${Object.values(CODES).flat().join('|')})m|[\\n\\t])`);

/** Colours for a terminal; plain text elsewhere, and where `NO_COLOR` is set to anything (no-color.org). */
export function createPaint(
  isTerminal: boolean,
  { NO_COLOR }: Readonly<Record<string, string | undefined>>,
): Paint {
  if (!isTerminal || (NO_COLOR !== undefined && NO_COLOR !== '')) return (_, text) => text;
  return (style, text) => {
    const [on, off] = CODES[style];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}
