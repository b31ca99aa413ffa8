import type { ApiError } from '../../client/index.js';
import { useWords } from '../words/words.js';
import { Icon } from './icon.js';
import { Text } from './text.js';

interface ErrorText {
  readonly reason: string;
  readonly remedy?: string;
}

/** An error in the reader's language where its code is known; else in the words of the server. */
export function useErrorText(): (error: ApiError) => ErrorText {
  const { t, has } = useWords();
  return ({ status, errorType, message, details, retryAfterSeconds }) => {
    const { remedy } = (details ?? {}) as { readonly remedy?: unknown };
    const codes = [errorType, message];
    const known = codes.map((code) => `error.${code ?? ''}`).find(has);
    const toDo = codes.map((code) => `remedy.${code ?? ''}`).find(has);
    const own = toDo !== undefined && has(toDo) ? t(toDo) : remedy;
    const more = typeof own === 'string' ? { remedy: own } : {};
    if (known !== undefined && has(known)) return { reason: t(known), ...more };
    if (status === 0) return { reason: t('state.noAnswer') };
    if (status === 429) return { reason: t('state.tooMany', { count: retryAfterSeconds ?? 60 }) };
    if (status >= 500) return { reason: t('state.failedWith', { status }) };
    return { reason: message, ...more };
  };
}

interface Props {
  readonly error: ApiError | undefined;
  /** The error in the reader's language, where more of it is known. */
  readonly told?: ErrorText | undefined;
}

/** Why a change was not made. The region is there before its text. */
export function Refusal({ error, told }: Props) {
  const toText = useErrorText();
  const text = error && (told ?? toText(error));
  return (
    <div role="alert">
      {text && (
        <p class="refusal">
          <Icon tone="bad" />
          <span>
            <Text value={text.reason} /> {text.remedy !== undefined && <Text value={text.remedy} />}
          </span>
        </p>
      )}
    </div>
  );
}
