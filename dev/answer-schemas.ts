/** Which bodies an endpoint may answer with, by status: for `openapi.json`, and for the tests' look at real answers. */
import { z } from 'zod';
import type { AnswerSchema, Endpoint } from '../routes/endpoints/endpoint.js';
import { GATES } from '../routes/endpoints/gates.js';
import * as refusals from '../routes/schemas/refusals.js';

/** The body of a 200, with what the envelope adds. */
export function toSuccess(answer: AnswerSchema): z.ZodType {
  return answer instanceof z.ZodUnion
    ? z.union(answer.options.map(toSuccess))
    : answer.extend({ success: z.literal(true) });
}

/** By status; an empty list is an answer without a body of JSON. */
export type AnswerSchemas = ReadonlyMap<number, readonly z.ZodType[]>;

export function toAnswerSchemas({ gate, answer, refused, refusals: own = [] }: Endpoint): AnswerSchemas {
  const { readsBody, forbids, hasSecondFactor } = GATES[gate];
  const { challenge, refusal, failure } = refusals;
  const mayRefuse = refused !== undefined || hasSecondFactor;
  const byStatus: readonly (readonly [number, readonly z.ZodType[], boolean?])[] = [
    [200, 'events' in answer || 'picture' in answer ? [] : [toSuccess(answer)]],
    [204, [], 'events' in answer],
    [400, [...(hasSecondFactor ? [challenge] : []), refusal, failure, ...own], mayRefuse],
    [401, [refusals.unauthenticated]],
    [403, [refusals.forbidden], forbids],
    [408, [failure], readsBody],
    [413, [failure], readsBody],
    [429, [refusals.tooManyRequests]],
    [503, [refusals.databaseUnavailable]],
  ];
  return new Map(
    byStatus.flatMap(([status, schemas, isThere = true]) => (isThere ? [[status, schemas]] : [])),
  );
}
