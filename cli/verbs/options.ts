import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { isRunId } from '../run/run-id.js';

export function parseRunId(text: string): string {
  if (isRunId(text)) return text;
  throw new InvalidArgumentError('A run has 17 letters and digits; chat-ldap-sync runs lists them.');
}

export function parseCount(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It has to be a number.');
}

/** The options of every command that talks to a chat server; a new object each, since commander keeps them. */
export const urlOption = () => new Option('--url <url>', 'the chat server, over HTTP').argParser(parseText);
export const databaseOption = () => new Option('--database', 'straight on the database of MONGO_URL');
export const configOption = () =>
  new Option('--config <file>', 'the file of serve, with its settings: straight on the database');
export const jsonOption = () => new Option('--json', 'one JSON document, as the API answers');
export const ndjsonOption = () => new Option('--ndjson', 'a JSON document a row').conflicts('json');
export const csvOption = () =>
  new Option('--csv', 'for a spreadsheet').conflicts(['json', 'ndjson'] as string[]);
export const countOption = () =>
  new Option('--count <n>', 'how many removals you mean; has to be how many wait').argParser(parseCount);
export const countedYesOption = () => new Option('--yes', 'do not ask; needs --count');
export const yesOption = () => new Option('--yes', 'do not ask');
export const noWaitOption = () =>
  new Option('--no-wait', 'do not wait for the end of the run; prints its id');

function parseText(text: string): string {
  return text;
}
