import type * as clackPrompts from '@clack/prompts';
import { CommandError } from '../command-error.js';
import type { Terminal } from './terminal.js';

type Clack = typeof clackPrompts;

interface Io {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** Questions to a person. Each rejects with a {@link CommandError} when Ctrl-C or Ctrl-D answers it. */
export interface Ask {
  /** A text that is not shown while it is typed. */
  secret(message: string): Promise<string>;
  text(message: string): Promise<string>;
  choice<Value extends string>(message: string, values: Readonly<Record<Value, string>>): Promise<Value>;
  confirm(message: string): Promise<boolean>;
}

/** The questions are asked on stderr, so that a result can be piped on. */
export function createAsk({ stdin, stderr }: Terminal): Ask {
  const put = async <Value>(question: (clack: Clack, io: Io) => Promise<Value | symbol>) => {
    const gone = listenForEnd(stdin);
    try {
      // Loaded when somebody is asked: most commands ask nothing.
      const clack = await import('@clack/prompts');
      return answered(await question(clack, { input: stdin, output: stderr, signal: gone.signal }));
    } finally {
      gone.stop();
    }
  };

  return {
    secret: (message) => put(({ password }, io) => password({ ...io, message, validate })),
    text: (message) => put(({ text }, io) => text({ ...io, message, validate })),
    confirm: (message) => put(({ confirm }, io) => confirm({ ...io, message, initialValue: false })),
    async choice<Value extends string>(message: string, values: Readonly<Record<Value, string>>) {
      const options = Object.entries(values).map(([value, label]) => ({ value, label: String(label) }));
      return (await put(({ select }, io) => select<string>({ ...io, message, options }))) as Value;
    },
  };
}

/** Ctrl-D, or a terminal that is closed: clack would wait for ever, and Node end with a code of its own. */
function listenForEnd(stdin: NodeJS.ReadStream) {
  const gone = new AbortController();
  const end = (): void => gone.abort();
  const onKey = (_: unknown, key?: { readonly ctrl?: boolean; readonly name?: string }): void => {
    if (key?.ctrl && key.name === 'd') end();
  };
  stdin.once('end', end).once('close', end).on('keypress', onKey);
  return {
    signal: gone.signal,
    stop: () => void stdin.off('end', end).off('close', end).off('keypress', onKey),
  };
}

function validate(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? 'Something has to be typed.' : undefined;
}

/** clack gives a symbol where the question was not answered. */
function answered<Value>(answer: Value): Exclude<Value, symbol> {
  if (typeof answer === 'symbol') throw new CommandError('interrupted', 'Nothing was done.');
  return answer as Exclude<Value, symbol>;
}
