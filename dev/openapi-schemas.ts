/** The schemas of the endpoints as JSON Schema 2020-12, which OpenAPI 3.1 is made of. */
import { z } from 'zod';
import type { Endpoint } from '../routes/endpoints/endpoint.js';
import * as refusals from '../routes/schemas/refusals.js';
import { toSuccess } from './answer-schemas.js';

export type Json = Record<string, unknown>;

export interface OpenapiSchemas {
  /** Schemas with a name of their own. */
  readonly components: Json;
  /** Of an endpoint; each may be a reference to a component. */
  readonly answerOf: (name: string) => Json;
  readonly inputOf: (name: string) => Json;
  readonly eventOf: (name: string, event: string) => Json;
  /** A reference to a schema with a name. */
  readonly refTo: (schema: z.ZodType) => Json;
}

/** All schemas are written in one go for what goes in and one for what comes out, so that each name stands for one. */
export function toOpenapiSchemas(endpoints: Readonly<Record<string, Endpoint>>): OpenapiSchemas {
  const all = Object.entries(endpoints);
  const outputs = Object.fromEntries([
    ...all.flatMap(([name, { answer }]) =>
      'picture' in answer
        ? []
        : 'events' in answer
          ? Object.entries(answer.events).map(([event, schema]) => [`${name} ${event}`, schema] as const)
          : [[name, toSuccess(answer)] as const],
    ),
    ...named(Object.values(refusals)),
    ...all.flatMap(([, { refusals: own = [] }]) => named(own)),
  ]);
  const inputs = Object.fromEntries(
    all.flatMap(([name, { input }]) => (input ? [[name, input] as const] : [])),
  );
  const out = convert(outputs, 'output');
  const given = convert(inputs, 'input');
  return {
    components: merge(out.defs, given.defs),
    answerOf: (name) => pick(out.properties, name),
    inputOf: (name) => pick(given.properties, name),
    eventOf: (name, event) => pick(out.properties, `${name} ${event}`),
    refTo: (schema) => ({ $ref: `#/components/schemas/${toId(schema) ?? ''}` }),
  };
}

/** What has no name is part of something that has. */
function named(schemas: readonly z.ZodType[]): readonly (readonly [string, z.ZodType])[] {
  return schemas.flatMap((schema) => {
    const id = toId(schema);
    return id === undefined ? [] : [[id, schema] as const];
  });
}

function toId(schema: z.ZodType): string | undefined {
  return schema.meta()?.id;
}

function pick(from: Readonly<Record<string, Json>>, name: string): Json {
  const found = from[name];
  if (!found) throw new Error(`There is no schema for ${name}.`);
  return found;
}

function convert(shape: Record<string, z.ZodType>, io: 'input' | 'output') {
  const written = z.toJSONSchema(z.object(shape), {
    io,
    override: ({ zodSchema, jsonSchema }) => {
      tidy(zodSchema, jsonSchema);
    },
  });
  const moved = JSON.parse(JSON.stringify(written).replaceAll('"#/$defs/', '"#/components/schemas/')) as {
    readonly properties: Record<string, Json>;
    readonly $defs?: Record<string, Json>;
  };
  return { properties: moved.properties, defs: moved.$defs ?? {} };
}

/** Leaves out what only repeats that a number is one that JavaScript can hold, or that a time is a time. */
function tidy(schema: z.core.$ZodTypes, json: z.core.JSONSchema.BaseSchema): void {
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  if (json.format === 'date-time') delete json.pattern;
  // zod leaves it out where the text of a query becomes a number.
  const { def } = schema._zod;
  if (def.type === 'default' && typeof def.defaultValue === 'number') json.default = def.defaultValue;
}

function merge(one: Readonly<Record<string, Json>>, other: Readonly<Record<string, Json>>): Json {
  for (const [id, schema] of Object.entries(other))
    if (id in one && JSON.stringify(one[id]) !== JSON.stringify(schema))
      throw new Error(`The schema ${id} is another one in a query or a body than in an answer.`);
  const all = { ...one, ...other };
  return Object.fromEntries(
    Object.keys(all)
      .sort()
      .map((id) => [id, all[id]]),
  );
}
