import type { Request } from 'express';
import type { Endpoint } from './endpoints/endpoint.js';
import { invalidParameters, type Refused } from './reply.js';

type ReadInput = { readonly input: unknown } | { readonly refusal: Refused };

/** The query or the body of a call, as the schema of its endpoint gives it, or the answer to one that does not fit. */
export function readInput(request: Request, { method, input: schema, demand }: Endpoint): ReadInput {
  if (!schema) return { input: undefined };
  const given: unknown = method === 'get' ? request.query : request.body;
  // Whether no body is `undefined` or null is up to whoever has parsed it.
  const parsed = schema.safeParse(given ?? undefined);
  if (parsed.success) return { input: parsed.data };
  const [first] = parsed.error.issues;
  return { refusal: invalidParameters(demand ?? first?.message ?? 'The call cannot be used') };
}
