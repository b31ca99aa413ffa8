import { z } from 'zod';

/** The id of a run, or of a change of settings. */
export const RUN_ID = /^[0-9A-Za-z]{17}$/;
const MAX_COUNT = 100;
const MAX_OFFSET = 9_999_999;
const DEFAULT_COUNT = 25;

const NO_RUN_ID = 'runId must be the 17 characters of a run id';

/** The parameter `runId` of a query. */
export const runIdParameter = z.string(NO_RUN_ID).regex(RUN_ID, NO_RUN_ID);

/** A run id in a body; the demand of the endpoint says what is wrong. */
export const runId = z.string().regex(RUN_ID);

/** What a query has is text; the rules of the number say what is wrong with any other. */
function toNumber(value: number | undefined): unknown {
  const text: unknown = value;
  return typeof text === 'string' && /^\d{1,7}$/.test(text) ? Number(text) : text;
}

function numberFrom(name: string, min: number, max: number) {
  const rule = `${name} must be a number from ${min} to ${max}`;
  return z.preprocess(toNumber, z.int(rule).min(min, rule).max(max, rule));
}

/** The parameters by which a part of a list is asked for. */
export function page({ defaultCount = DEFAULT_COUNT, maxCount = MAX_COUNT } = {}) {
  return {
    count: numberFrom('count', 1, maxCount).default(defaultCount),
    offset: numberFrom('offset', 0, MAX_OFFSET).default(0),
  };
}
