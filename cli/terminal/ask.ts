import { CommandError } from '../command-error.js';
import type { Terminal } from './terminal.js';

/** Questions to a person. Each rejects with a {@link CommandError} when Ctrl-C answers it. */
export interface Ask {
  /** A text that is not shown while it is typed. */
  secret(message: string): Promise<string>;
  text(message: string): Promise<string>;
  choice<Value extends string>(message: string, values: Readonly<Record<Value, string>>): Promise<Value>;
  confirm(message: string): Promise<boolean>;
}

/** The questions are asked on stderr, so that a result can be piped on. */
export function createAsk({ stdin, stderr }: Terminal): Ask {
  const io = { input: stdin, output: stderr };
  // Loaded when somebody is asked: most commands ask nothing.
  const load = () => import('@clack/prompts');

  return {
    secret: async (message) => answered(await (await load()).password({ ...io, message, validate })),
    text: async (message) => answered(await (await load()).text({ ...io, message, validate })),
    confirm: async (message) =>
      answered(await (await load()).confirm({ ...io, message, initialValue: false })),
    async choice<Value extends string>(message: string, values: Readonly<Record<Value, string>>) {
      const { select } = await load();
      const options = Object.entries(values).map(([value, label]) => ({ value, label: String(label) }));
      return answered(await select<string>({ ...io, message, options })) as Value;
    },
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
