/** What `openapi.json` holds, made of the table of endpoints. */
import type { Endpoint } from '../routes/endpoints/endpoint.js';
import { ENDPOINTS } from '../routes/endpoints/endpoints.js';
import { GATES } from '../routes/endpoints/gates.js';
import { secondFactorMethod } from '../routes/schemas/refusals.js';
import { HEADERS, RESPONSES, toResponses } from './openapi-responses.js';
import { toOpenapiSchemas, type Json, type OpenapiSchemas } from './openapi-schemas.js';

const ABOUT =
  'LDAP sync of a chat server, compatible with Rocket.Chat. Mounted at /api/v1. Every response is application/json ' +
  'without a charset, but for streams and pictures.';

/** What `package.json` says of the package. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

export function toOpenapi(
  { name, version, license }: Manifest,
  endpoints: Readonly<Record<string, Endpoint>> = ENDPOINTS,
): Json {
  const schemas = toOpenapiSchemas(endpoints);
  const paths: Record<string, Json> = {};
  for (const [key, endpoint] of Object.entries(endpoints)) {
    const path = (paths[`/ldap.${endpoint.verb}`] ??= {});
    path[endpoint.method] = toOperation(key, endpoint, schemas);
  }
  return {
    openapi: '3.1.0',
    info: { title: name, version, description: ABOUT, license: { name: license, identifier: license } },
    servers: [{ url: '/api/v1' }],
    security: [{ userId: [], authToken: [] }],
    paths,
    components: {
      securitySchemes: {
        userId: { type: 'apiKey', in: 'header', name: 'X-User-Id' },
        authToken: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' },
      },
      headers: HEADERS,
      responses: RESPONSES,
      schemas: schemas.components,
    },
  };
}

function toOperation(name: string, endpoint: Endpoint, schemas: OpenapiSchemas): Json {
  const { method, gate, about, more } = endpoint;
  const parameters = [
    ...(method === 'get' ? toQuery(name, endpoint, schemas) : []),
    ...(GATES[gate].hasSecondFactor ? SECOND_FACTOR : []),
  ];
  return {
    operationId: `ldap${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
    summary: about,
    description: [more, GATES[gate].about].filter((text) => text !== undefined).join(' '),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(method === 'post' ? toBody(name, endpoint, schemas) : {}),
    responses: toResponses(name, endpoint, schemas),
  };
}

const SECOND_FACTOR: readonly Json[] = [
  {
    name: 'x-2fa-code',
    in: 'header',
    schema: { type: 'string' },
    description: 'Six digits, a backup code, or for `password` the hex SHA-256 of the password',
  },
  { name: 'x-2fa-method', in: 'header', schema: { enum: secondFactorMethod.options } },
];

function toQuery(name: string, { input }: Endpoint, { inputOf }: OpenapiSchemas): readonly Json[] {
  if (!input) return [];
  const { properties = {}, required = [] } = inputOf(name) as {
    readonly properties?: Record<string, Json>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([parameter, { description, ...schema }]) => ({
    name: parameter,
    in: 'query',
    ...(required.includes(parameter) ? { required: true } : {}),
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

function toBody(name: string, { input }: Endpoint, { inputOf }: OpenapiSchemas): Json {
  if (!input) return {};
  const { description, ...schema } = inputOf(name);
  return {
    requestBody: {
      required: !input.safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      content: { 'application/json': { schema } },
    },
  };
}
