import type { RequestHandler, Response } from 'express';
import { toAnswerSchemas } from '../../dev/answer-schemas.js';
import type { Endpoint } from '../../routes/endpoints/endpoint.js';
import { ENDPOINTS } from '../../routes/endpoints/endpoints.js';

/** What real answers had that their schema has not, or lacked; by test. */
const faults: string[] = [];

// A test whose answers differ from their description fails, whatever it is about. Child processes have no tests.
if (typeof afterEach === 'function') afterEach(() => expect(faults.splice(0)).toEqual([]));

const endpoints: readonly Endpoint[] = Object.values(ENDPOINTS);

/** Compares each answer of the endpoints with the schema of its status, strictly: an unknown key is a fault. */
export const answersAsDescribed: RequestHandler = (request, response, next) => {
  const verb = /\/ldap\.(\w+)$/.exec(request.path)?.[1];
  const endpoint = endpoints.find((one) => one.verb === verb && one.method === request.method.toLowerCase());
  if (endpoint) {
    watch(response, (text) =>
      faults.push(...findFaults(endpoint, { status: response.statusCode, type: typeOf(response), text })),
    );
  }
  next();
};

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** What is wrong with an answer; what the host answers for a handler that threw is not ours. */
export function findFaults(endpoint: Endpoint, { status, type, text }: Answer): readonly string[] {
  const name = `${endpoint.method} ldap.${endpoint.verb} ${status}`;
  if (status >= 500 && type !== 'application/json') return [];
  const schemas = toAnswerSchemas(endpoint).get(status);
  if (!schemas) return [`${name} is not described: ${text.slice(0, 200)}`];
  if (type === 'text/event-stream') return findEventFaults(name, endpoint, text);
  if (status === 200 && 'picture' in endpoint.answer)
    return type === endpoint.answer.picture ? [] : [`${name} is ${type}`];
  if (schemas.length === 0) return text === '' ? [] : [`${name} has a body`];
  const results = schemas.map((schema) => schema.safeParse(JSON.parse(text)));
  if (results.some(({ success }) => success)) return [];
  return [`${name}: ${results.map(({ error }) => error?.message).join(' or ')} in ${text.slice(0, 2_000)}`];
}

function findEventFaults(name: string, { answer }: Endpoint, text: string): readonly string[] {
  if (!('events' in answer)) return [`${name} is no stream`];
  return [...text.matchAll(/^event: (\w+)\nid: .*\ndata: (.*)\n\n/gm)].flatMap(
    ([, event = '', data = '']) => {
      const result = answer.events[event]?.safeParse(JSON.parse(data));
      return result?.success ? [] : [`${name} ${event}: ${result?.error.message ?? 'is not described'}`];
    },
  );
}

function typeOf(response: Response): string {
  return String(response.getHeader('Content-Type') ?? '');
}

/** Hears the whole text of an answer. */
function watch(response: Response, hear: (text: string) => void): void {
  const chunks: Buffer[] = [];
  const take = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const { write, end } = response;
  response.write = ((...given: Parameters<typeof write>) => {
    take(given[0]);
    return write.apply(response, given);
  }) as typeof write;
  response.end = ((...given: Parameters<typeof end>) => {
    take(given[0]);
    hear(Buffer.concat(chunks).toString());
    return end.apply(response, given);
  }) as typeof end;
}
