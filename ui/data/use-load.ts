import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../../client/index.js';
import { useSession } from '../session/session-context.js';

export interface Loaded<T> {
  /** The last answer, however old. */
  readonly data: T | undefined;
  /** When `data` came. */
  readonly at: number | undefined;
  /** Why the newest question was not answered. */
  readonly error: ApiError | undefined;
  readonly reload: () => void;
}

interface State<T> {
  readonly data?: T | undefined;
  readonly at?: number | undefined;
  readonly error?: ApiError | undefined;
}

interface LoadOptions {
  readonly everyMs?: number | undefined;
  /** True for what the page does without: a permission of its own may be missing. */
  readonly isAside?: boolean;
}

const FIRST_RETRY_MS = 2_000;
/** As often as the page asks when all is well: it goes on soon after the server does. */
const LONGEST_RETRY_MS = 10_000;

/**
 * Asks the server, again when `key` changes and every `everyMs`; tries again by itself what may pass. An answer
 * is kept while a newer one fails. The end of the sign-in is told to the session.
 */
export function useLoad<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  { everyMs, isAside = false }: LoadOptions = {},
): Loaded<T> {
  const [state, setState] = useState<State<T>>({});
  const [round, setRound] = useState(0);
  const session = useSession();
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => setState({}), [key]);
  useEffect(() => {
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let retryMs = FIRST_RETRY_MS;
    const again = (ms: number): void => {
      timer = setTimeout(() => (document.hidden ? again(ms) : void ask()), ms);
    };
    async function ask(): Promise<void> {
      try {
        const data = await latest.current(gone.signal);
        if (gone.signal.aborted) return;
        setState({ data, at: Date.now() });
        retryMs = FIRST_RETRY_MS;
        if (everyMs !== undefined) again(everyMs);
      } catch (error) {
        if (gone.signal.aborted) return;
        const told = toApiError(error);
        if (!isAside || told.status === 401) session.failed(told);
        setState((before) => ({ ...before, error: told }));
        if (!mayPass(told)) return;
        again(Math.max(retryMs, (told.retryAfterSeconds ?? 0) * 1_000));
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      }
    }
    void ask();
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
    // A new sign-in asks again.
  }, [key, round, everyMs, session]);

  const reload = useCallback(() => setRound((one) => one + 1), []);
  return { data: state.data, at: state.at, error: state.error, reload };
}

export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(String(error), { status: 0, cause: error });
}

/** Whether the same question may be answered a little later. */
function mayPass({ status }: ApiError): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}
