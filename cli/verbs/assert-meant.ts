import { CommandError } from '../command-error.js';
import { CHANGE_COLUMNS } from '../show/change-columns.js';
import { toTableLines } from '../show/print-list.js';
import type { Change } from '../session/client-port.js';
import { createAsk } from '../terminal/ask.js';
import type { Terminal } from '../terminal/terminal.js';

/** Rows that are shown before somebody is asked. */
const SHOWN = 20;
const COLUMNS = CHANGE_COLUMNS.filter(({ title }) => title !== 'state' && title !== 'outcome');

export interface Meant {
  readonly count?: number | undefined;
  readonly yes?: true | undefined;
}

/** How the removals that are counted are spoken of. */
export interface Words {
  /** `wait` */
  readonly stand: string;
  /** `do` */
  readonly act: string;
  /** `approved` */
  readonly done: string;
  /** Where they can be looked at. */
  readonly look: string;
}

/** Throws a {@link CommandError} where the number that was given is not that of the removals at this moment. */
export function assertCount(removals: number, { count }: Meant, { stand, done, look }: Words): void {
  if (count === undefined || count === removals) return;
  throw new CommandError('held', `${toWords(removals)} ${stand}, not ${count}. Nothing was ${done}.`, {
    remedy: `Look at them: ${look}.`,
  });
}

/** Throws a {@link CommandError} where nobody is to be asked, and no number is given either. */
export function assertCounted({ yes, count }: Meant): void {
  if (!yes || count !== undefined) return;
  throw new CommandError('usage', '--yes needs --count.', {
    remedy: 'Say how many removals you mean: chat-ldap-sync changes RUN --waiting shows them.',
  });
}

/**
 * Throws a {@link CommandError} unless somebody has said the number of these removals. They are asked of the server at
 * this moment: a list that is longer than somebody thought is not decided.
 */
export async function assertMeant(
  waiting: readonly Change[],
  meant: Meant,
  { words, terminal }: { readonly words: Words; readonly terminal: Terminal },
): Promise<void> {
  assertCount(waiting.length, meant, words);
  if (!meant.yes) await askForNumber(waiting, words, terminal);
}

/** Shows the first of them, and asks for their number. */
export async function askForNumber(
  removals: readonly Change[],
  { act, done }: Pick<Words, 'act' | 'done'>,
  terminal: Terminal,
): Promise<void> {
  if (!terminal.canAsk)
    throw new CommandError('usage', 'Nobody is there to be asked.', {
      remedy: 'Say --yes --count N, or run it on a terminal.',
    });
  const { paintNote, width } = terminal;
  terminal.note(...toTableLines(removals.slice(0, SHOWN), COLUMNS, { width, paint: paintNote }));
  if (removals.length > SHOWN) terminal.note(`… and ${removals.length - SHOWN} more`);
  const { length } = removals;
  const typed = await createAsk(terminal).text(`Type ${length} to ${act} these ${toWords(length)}`);
  if (typed.trim() !== String(length))
    throw new CommandError('held', `That is another number. Nothing was ${done}.`);
}

function toWords(count: number): string {
  return `${count} removal${count === 1 ? '' : 's'}`;
}
