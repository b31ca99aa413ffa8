import { createHash } from 'node:crypto';
import { isUnderWay, type RunSummary } from '../models/run-report.js';
import type { RunLog } from '../lib/sync/run/run-log.js';
import type { StreamEvent } from './event-stream.js';
import { toExcerptBody, toSummaryBody } from './run-body.js';
import { FIRST_PAGE } from './schemas/run-reports.js';

/**
 * `progress` without lists, `finished` with the first rows of them; `undefined` when the report has just been
 * deleted. The id tells events of a run apart by what they say, so that it means the same on every host.
 */
export async function toRunEvent(
  run: RunSummary,
  runs: Pick<RunLog, 'excerpt'>,
): Promise<StreamEvent | undefined> {
  if (isUnderWay(run.state)) return toEvent('progress', toSummaryBody(run));
  const excerpt = await runs.excerpt(run._id, FIRST_PAGE);
  return excerpt && toEvent('finished', toExcerptBody(excerpt));
}

function toEvent(name: string, body: object): StreamEvent {
  const data = JSON.stringify(body);
  return { name, data, id: createHash('sha256').update(data).digest('base64url').slice(0, 22) };
}
