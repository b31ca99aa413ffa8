import type { ApiError } from '../../client/index.js';
import type { Told } from '../api/answers.js';
import { Refusal } from '../shown/refusal.js';
import { useServerTexts } from './server-texts.js';
import { toProblems } from './use-draft-call.js';

/** Why a call about settings was refused: in the reader's language what is wrong first, where its code is known. */
export function SettingsRefusal({ error }: { readonly error: ApiError | undefined }) {
  const { reason } = useServerTexts();
  const told = error && reason(toTold(error));
  return <Refusal error={error} told={told?.lang === 'en' ? undefined : told} />;
}

function toTold(error: ApiError): Told {
  const [first] = toProblems(error);
  if (first) return { ...first, reason: first.message };
  const { code, params, remedy = '' } = (error.details ?? {}) as Partial<Told>;
  return { reason: error.message, remedy, ...(code && params ? { code, params } : {}) };
}
