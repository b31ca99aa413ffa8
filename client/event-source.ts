import { ApiError } from './api-error.js';

/** One event as the stream has it. */
export interface SourceEvent {
  readonly name: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** What a stream gives: events, how long to wait before connecting again, and signs of life (comments). */
export type SourceItem =
  | { readonly kind: 'event'; readonly event: SourceEvent }
  | { readonly kind: 'retry'; readonly ms: number }
  | { readonly kind: 'beat' };

/** Longer than any event: a report with fifty rows of each of its lists. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
const MAX_RETRY_MS = 60_000;

/** Reads a stream of server-sent events (WHATWG HTML §9.2.6). Rejects when the connection breaks. */
export async function* readEventSource(
  chunks: AsyncIterable<string>,
): AsyncGenerator<SourceItem, void, undefined> {
  const block = createBlock();
  for await (const line of toLines(chunks)) {
    const item = block.take(line);
    if (item) yield item;
  }
}

/** Lines that end with LF or CRLF, as this API sends them. What has no end is left out. */
async function* toLines(chunks: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  // A long line comes in pieces; they are put together once, so that it costs no more than its length.
  let pieces: string[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      pieces.push(chunk.slice(start, end));
      yield pieces.join('').replace(/\r$/, '');
      [pieces, size] = [[], 0];
      start = end + 1;
    }
    pieces.push(chunk.slice(start));
    size += chunk.length - start;
    if (size > MAX_CHARACTERS) throw tooLong();
  }
}

/** Puts the lines between two empty lines together. */
function createBlock() {
  let name = '';
  let id: string | undefined;
  let data: string[] = [];
  let size = 0;

  function end(): SourceItem | undefined {
    const event = { name: name === '' ? 'message' : name, id, data: data.join('\n') };
    const isEmpty = data.length === 0;
    [name, data, size] = ['', [], 0];
    return isEmpty ? undefined : { kind: 'event', event };
  }

  const FIELDS: Readonly<Record<string, (value: string) => SourceItem | undefined>> = {
    event: (value) => ((name = value), undefined),
    id: (value) => ((id = value), undefined),
    data: (value) => {
      size += value.length + 1;
      if (size > MAX_CHARACTERS) throw tooLong();
      data.push(value);
      return undefined;
    },
    retry: (value) =>
      /^\d{1,7}$/.test(value) ? { kind: 'retry', ms: Math.min(Number(value), MAX_RETRY_MS) } : undefined,
  };

  return {
    take(line: string): SourceItem | undefined {
      if (line === '') return end();
      const colon = line.indexOf(':');
      if (colon === 0) return { kind: 'beat' };
      const field = colon === -1 ? line : line.slice(0, colon);
      const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
      return Object.hasOwn(FIELDS, field) ? FIELDS[field]?.(value) : undefined;
    },
  };
}

function tooLong(): ApiError {
  return new ApiError('An event of the stream is longer than any that the API sends.', { status: 200 });
}
