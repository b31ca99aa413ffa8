import type { AnswerOf, InputOf } from './endpoints/endpoint.js';
import type { EndpointName, Endpoints } from './endpoints/endpoints.js';
import type { Call } from './checks.js';
import type { Answered, Refused, Reply } from './reply.js';

/** A call that has passed its checks, with its query or body as the schema of the endpoint gives it. */
export type CallOf<Name extends EndpointName> = Call & { readonly input: InputOf<Endpoints[Name]> };

/**
 * What a handler may send so that the caller reads a `T`: times are written by JSON, and what is `undefined` is left
 * out.
 */
export type Sent<T> = T extends readonly (infer Item)[]
  ? readonly Sent<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Sent<T[Key]> }
    : string extends T
      ? T | Date
      : T;

/** An answer that fits its schema, or a refusal. */
export type ReplyOf<Name extends EndpointName> =
  Reply<Sent<AnswerOf<Endpoints[Name]>> & { readonly success: true }> | Refused | Answered;

export type Handle<Name extends EndpointName> = (call: CallOf<Name>) => Promise<ReplyOf<Name>>;

/** The handlers of some endpoints, by the name of each. */
export type Handlers<Name extends EndpointName> = { readonly [One in Name]: Handle<One> };
