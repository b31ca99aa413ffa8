/** The answers of an endpoint, as `openapi.json` tells them. */
import type { z } from 'zod';
import type { Endpoint } from '../routes/endpoints/endpoint.js';
import { toAnswerSchemas } from './answer-schemas.js';
import type { Json, OpenapiSchemas } from './openapi-schemas.js';

const RATE_LIMIT = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'] as const;

/** Headers that several answers have. */
export const HEADERS: Json = {
  'X-RateLimit-Limit': { schema: { type: 'integer' }, description: 'Calls allowed in the window' },
  'X-RateLimit-Remaining': { schema: { type: 'integer' }, description: 'Calls left' },
  'X-RateLimit-Reset': { schema: { type: 'integer' }, description: 'End of the window, epoch milliseconds' },
  Location: { schema: { type: 'string' }, description: '`ldap.runInfo` of the run' },
  'Retry-After': { schema: { type: 'integer' }, description: 'Seconds' },
};

const refToHeader = (name: string): readonly [string, Json] => [
  name,
  { $ref: `#/components/headers/${name}` },
];
const json = (schema: Json): Json => ({ 'application/json': { schema } });
const component = (name: string): Json => json({ $ref: `#/components/schemas/${name}` });
const rateLimitHeaders = Object.fromEntries(RATE_LIMIT.map(refToHeader));

/** Answers that are the same for all endpoints that have them. */
export const RESPONSES = {
  Unauthenticated: {
    description: 'Not signed in, unknown or expired token, inactive user',
    content: component('Unauthenticated'),
  },
  Forbidden: { description: 'Without the permission', content: component('Forbidden') },
  TooSlow: { description: 'The body did not arrive within 10 seconds', content: component('Failure') },
  TooLarge: { description: 'The body is larger than 64 kB', content: component('Failure') },
  TooManyRequests: {
    description: 'Too many requests',
    headers: rateLimitHeaders,
    content: component('TooManyRequests'),
  },
  DatabaseUnavailable: {
    description:
      'MongoDB does not answer: the connection is closed or lost, or the server is silent for three seconds',
    headers: Object.fromEntries([refToHeader('Retry-After')]),
    content: component('DatabaseUnavailable'),
  },
} as const satisfies Record<string, Json>;

const refTo = (name: keyof typeof RESPONSES): Json => ({ $ref: `#/components/responses/${name}` });

const SHARED = {
  401: 'Unauthenticated',
  403: 'Forbidden',
  408: 'TooSlow',
  413: 'TooLarge',
  429: 'TooManyRequests',
  503: 'DatabaseUnavailable',
} as const satisfies Record<number, keyof typeof RESPONSES>;

export function toResponses(name: string, endpoint: Endpoint, schemas: OpenapiSchemas): Json {
  const responses = [...toAnswerSchemas(endpoint)].map(([status, bodies]): [number, Json] => {
    if (status === 200) return [status, toAnswered(name, endpoint, schemas)];
    if (status === 204) return [status, { description: 'The client has seen the end' }];
    if (status === 400) return [status, toRefusals(endpoint, bodies, schemas)];
    return [status, refTo(SHARED[status as keyof typeof SHARED])];
  });
  return Object.fromEntries(responses);
}

function toAnswered(name: string, endpoint: Endpoint, schemas: OpenapiSchemas): Json {
  if ('picture' in endpoint.answer) return toPicture(endpoint.answered, endpoint.answer.picture);
  return 'events' in endpoint.answer ? toStream(name, endpoint, schemas) : toAnswer(name, endpoint, schemas);
}

/** OpenAPI 3.1 says of bytes that are no text only which type they have. */
function toPicture(description: string, type: string): Json {
  return { description, headers: rateLimitHeaders, content: { [type]: {} } };
}

function toAnswer(name: string, { answered, hasLocation }: Endpoint, { answerOf }: OpenapiSchemas): Json {
  return {
    description: answered,
    headers: {
      ...(hasLocation ? Object.fromEntries([refToHeader('Location')]) : {}),
      ...rateLimitHeaders,
    },
    content: json(answerOf(name)),
  };
}

const EXAMPLE =
  'retry: 3000\n\nevent: progress\nid: k3Jf0n9yqk2mXo3pJ7cV1A\ndata: {"_id":"…","state":"running","counts":' +
  '{"read":250}}\n\n';

/** OpenAPI 3.1 has no word for the events of a stream; `x-events` has the data of each. */
function toStream(name: string, { answered, answer }: Endpoint, { eventOf }: OpenapiSchemas): Json {
  const events = 'events' in answer ? Object.keys(answer.events) : [];
  return {
    description: answered,
    content: {
      'text/event-stream': {
        schema: { type: 'string' },
        examples: { stream: { value: EXAMPLE } },
        'x-events': Object.fromEntries(events.map((event) => [event, eventOf(name, event)])),
      },
    },
  };
}

function toRefusals({ refused }: Endpoint, bodies: readonly z.ZodType[], { refTo }: OpenapiSchemas): Json {
  return {
    description: refused ?? 'A second factor is needed or wrong',
    headers: rateLimitHeaders,
    content: json({ anyOf: bodies.map(refTo) }),
  };
}
