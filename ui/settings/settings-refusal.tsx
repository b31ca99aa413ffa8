import type { ApiError } from '../../client/index.js';
import type { Told } from '../api/answers.js';
import { Refusal } from '../shown/refusal.js';
import { useServerTexts } from './server-texts.js';
import { toProblems } from './use-draft-call.js';

/** Why a call about settings was refused: what is wrong first, in the reader's language where its code is known. */
export function SettingsRefusal({ error }: { readonly error: ApiError | undefined }) {
  const { reason } = useServerTexts();
  const told = error && reason(toTold(error));
  const isTold = told !== undefined && (told.lang !== 'en' || told.reason !== error?.message);
  return <Refusal error={error} told={isTold ? told : undefined} />;
}

function toTold(error: ApiError): Told {
  const [first] = toProblems(error);
  if (first) return { ...first, reason: first.message };
  const { message, details } = error;
  const { reason = message, remedy = '', code, params } = (details ?? {}) as Partial<Told>;
  return { reason, remedy, ...(code && params ? { code, params } : {}) };
}
