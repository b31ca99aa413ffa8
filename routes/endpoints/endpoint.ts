import type { z } from 'zod';
import type { GateName } from './gates.js';

/** All that is told about an endpoint, for the router, for `openapi.json` and for the client. */
export interface Endpoint {
  readonly method: 'get' | 'post';
  /** `ldap.` and this. */
  readonly verb: string;
  readonly gate: GateName;
  /** One short sentence without a full stop. */
  readonly about: string;
  /** What the sentence does not say. */
  readonly more?: string;
  /** The query of a `get`, the body of a `post`. Absent: nothing is looked at. */
  readonly input?: z.ZodType<object>;
  /** What is said about any body that does not fit. Absent: the first fault that the schema names. */
  readonly demand?: string;
  /** The body of 200 without `success`; of a stream its events, by name. */
  readonly answer: AnswerSchema | EventSchemas | PictureAnswer;
  /** What a 200 means. */
  readonly answered: string;
  /** Whether `Location` of a 200 names the run. */
  readonly hasLocation?: true;
  /** What a 400 means. Absent: there is none. */
  readonly refused?: string;
  /** Bodies of a 400 beside the usual ones. */
  readonly refusals?: readonly z.ZodType[];
}

/** An answer of one shape, or of one of several. */
export type AnswerSchema = z.ZodObject | z.ZodUnion<readonly z.ZodObject[]>;

/** The data of server-sent events. */
export interface EventSchemas {
  readonly events: Readonly<Record<string, z.ZodObject>>;
}

/** An answer that is a picture, of one type. */
export interface PictureAnswer {
  readonly picture: 'image/jpeg';
}

/** What a handler is given. */
export type InputOf<One extends Endpoint> = One extends { readonly input: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;

/** What the caller gives. */
export type AskedOf<One extends Endpoint> = One extends { readonly input: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : undefined;

/** What the caller is answered, as JSON has it, without `success`. */
export type AnswerOf<One extends Endpoint> = One extends { readonly answer: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : never;
