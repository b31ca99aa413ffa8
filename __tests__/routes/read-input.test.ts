import type { Request } from 'express';
import { ENDPOINTS } from '../../routes/endpoints/endpoints.js';
import { readInput } from '../../routes/read-input.js';

const RUN = 'a'.repeat(17);
const asBody = (body: unknown) => ({ body, query: { runId: RUN } }) as unknown as Request;
const asQuery = (query: object) => ({ body: { runId: RUN }, query }) as unknown as Request;

describe('what is read of a call', () => {
  it.each([undefined, null, {}])('is nothing when the body may be left out and is %j', (body) => {
    expect(readInput(asBody(body), ENDPOINTS.previewSync)).toEqual({ input: {} });
  });

  it('has numbers of a query as numbers, what is not given as its default, and nothing that is unknown', () => {
    const query = { runId: RUN, count: '7', colour: 'red', __proto__: null };
    expect(readInput(asQuery(query), ENDPOINTS.runChanges)).toEqual({
      input: { runId: RUN, count: 7, offset: 0 },
    });
  });

  it('is nothing where the endpoint takes nothing', () => {
    expect(readInput(asBody({ runId: 1 }), ENDPOINTS.syncNow)).toEqual({ input: undefined });
  });

  it.each<[string, Parameters<typeof readInput>, string]>([
    ['a body', [asBody({ runId: RUN, force: 1 }), ENDPOINTS.revertRun], 'The body must be {"runId": "…"}'],
    ['a body that is null', [asBody(null), ENDPOINTS.revertRun], 'The body must be'],
    ['a parameter that is missing', [asQuery({}), ENDPOINTS.runInfo], 'runId must be the 17 characters'],
    [
      'two parameters of one name',
      [asQuery({ count: ['1', '2'] }), ENDPOINTS.listRuns],
      'count must be a number',
    ],
    [
      'a number with a sign',
      [asQuery({ offset: '+1' }), ENDPOINTS.listRuns],
      'offset must be a number from 0',
    ],
    ['no parameter where one is needed', [asQuery({}), ENDPOINTS.explainUser], 'Give exactly one of'],
    [
      'an empty parameter',
      [asQuery({ dn: ' ' }), ENDPOINTS.explainUser],
      'Give dn once, as a text of 1 to 1024',
    ],
    ['two of them', [asQuery({ dn: 'a', id: 'b' }), ENDPOINTS.explainUser], 'Give exactly one of'],
  ])('is refused with a sentence about it: %s', (_, call, sentence) => {
    expect(readInput(...call)).toMatchObject({
      refusal: {
        status: 400,
        body: { errorType: 'invalid-params', error: expect.stringContaining(sentence) },
      },
    });
  });
});
