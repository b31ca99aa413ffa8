import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { toOpenapi, type Manifest } from '../../dev/openapi.js';
import { toOpenapiSchemas } from '../../dev/openapi-schemas.js';
import type { Endpoint } from '../../routes/endpoints/endpoint.js';
import { ENDPOINTS } from '../../routes/endpoints/endpoints.js';
import { findFaults } from '../setup/answers-as-described.js';

const root = join(__dirname, '../..');
const VALIDATOR = 'node_modules/@seriousme/openapi-schema-validator/bin/validate-api-cli.js';
const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));
const validate = (file: string): string =>
  execFileSync(process.execPath, [join(root, VALIDATOR), file], { encoding: 'utf8', stdio: 'pipe' });

describe('openapi.json', () => {
  it('is what npm run docs writes', () => {
    expect(read('openapi.json')).toEqual(toOpenapi(read('package.json') as Manifest));
  });

  it('is OpenAPI as a public validator understands it, which notices what is none', () => {
    expect(validate(join(root, 'openapi.json'))).toMatch(/valid/i);
    expect(() => validate(join(root, 'package.json'))).toThrow();
  });

  it('refers to nothing that it lacks', () => {
    const text = readFileSync(join(root, 'openapi.json'), 'utf8');
    const { components } = read('openapi.json') as { components: Record<string, Record<string, unknown>> };
    const references = [...text.matchAll(/"#\/components\/(\w+)\/([\w-]+)"/g)];
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter(([, kind = '', name = '']) => components[kind]?.[name] === undefined)).toEqual(
      [],
    );
    expect(text).not.toContain('$defs');
  });

  it('may have an answer of one of several shapes', () => {
    const either = z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]);
    const endpoint: Endpoint = { ...ENDPOINTS.status, answer: either };
    expect(toOpenapiSchemas({ endpoint }).answerOf('endpoint')).toMatchObject({
      anyOf: [{ required: ['a', 'success'] }, { required: ['b', 'success'] }],
    });
  });

  it('has no name that stands for two schemas', () => {
    const name = { id: 'Twice' };
    const endpoint: Endpoint = {
      ...ENDPOINTS.testSearch,
      input: z.object({ one: z.object({ a: z.string() }).meta(name) }),
      answer: z.strictObject({ one: z.object({ b: z.string() }).meta(name) }),
    };
    expect(() => toOpenapiSchemas({ endpoint })).toThrow('Twice');
  });
});

describe('what the tests of the routes look for in real answers', () => {
  const json = (status: number, body: object) => ({
    status,
    type: 'application/json',
    text: JSON.stringify(body),
  });
  const page = { runs: [], count: 0, offset: 0, total: 0, success: true };

  it.each<[string, Endpoint, Parameters<typeof findFaults>[1]]>([
    ['an unknown key', ENDPOINTS.listRuns, json(200, { ...page, more: 1 })],
    ['a key that is missing', ENDPOINTS.listRuns, json(200, { ...page, total: undefined })],
    ['a key that is unknown in a list', ENDPOINTS.listRuns, json(200, { ...page, runs: [{ a: 1 }] })],
    ['a further key of a refusal', ENDPOINTS.syncNow, json(400, { success: false, error: 'x', remedy: 'y' })],
    ['a status that is not described', ENDPOINTS.syncNow, json(403, { success: false, error: 'x' })],
    [
      'an event with an unknown key',
      ENDPOINTS.runEvents,
      { status: 200, type: 'text/event-stream', text: 'event: progress\nid: a\ndata: {"a":1}\n\n' },
    ],
  ])('has %s', (_, endpoint, answer) => {
    expect(findFaults(endpoint, answer)).toHaveLength(1);
  });

  it('has nothing against an answer that fits', () => {
    expect(findFaults(ENDPOINTS.listRuns, json(200, page))).toEqual([]);
  });
});
