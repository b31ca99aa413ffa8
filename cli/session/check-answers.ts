import type { z } from 'zod';
import type { LdapSyncClient } from '../../client/index.js';
import { listRunsAnswer, runChangesAnswer, runInfoAnswer } from '../../routes/schemas/run-reports.js';
import { statusAnswer } from '../../routes/schemas/status.js';
import { CommandError } from '../command-error.js';

/**
 * The same client, that rejects with a {@link CommandError} where an answer by which a command decides how it ends has
 * not the shape of the API: a proxy that says `{"success":true}` to everything must not read as "nothing is held".
 */
export function checkAnswers(client: LdapSyncClient): LdapSyncClient {
  return {
    ...client,
    status: async (...given) => checked(await client.status(...given), statusAnswer),
    runInfo: async (...given) => checked(await client.runInfo(...given), runInfoAnswer),
    listRuns: async (...given) => checked(await client.listRuns(...given), listRunsAnswer),
    runChanges: async (...given) => checked(await client.runChanges(...given), runChangesAnswer),
  };
}

function checked<Answer>(answer: Answer, schema: z.ZodType): Answer {
  const { error } = schema.safeParse(answer, { reportInput: true });
  const fault = error?.issues.find((issue) => !isNewer(issue));
  if (!fault) return answer;
  const place = fault.path.join('.');
  throw new CommandError(
    'failed',
    `The answer is none of this API${place === '' ? '' : ` (${place} is missing or wrong)`}.`,
    { remedy: 'Look whether the URL leads to the API, and what proxies on the way say.' },
  );
}

/** A newer server may say more than this version knows, and have words that it does not know. */
function isNewer({ code, input }: z.core.$ZodIssue): boolean {
  return code === 'unrecognized_keys' || (code === 'invalid_value' && typeof input === 'string');
}
