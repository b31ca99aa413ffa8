import { useCallback, useState } from 'preact/hooks';
import type { ApiError } from '../../client/index.js';
import { useSession } from '../session/session-context.js';
import { toApiError } from './use-load.js';

export interface Action {
  readonly isGoing: boolean;
  readonly error: ApiError | undefined;
  /** Does it once at a time; resolves with whether it was done. */
  readonly act: (change: () => Promise<unknown>) => Promise<boolean>;
}

/** A change that a person asked for. */
export function useAction(): Action {
  const { failed } = useSession();
  const [isGoing, setIsGoing] = useState(false);
  const [error, setError] = useState<ApiError>();

  const act = useCallback(
    async (change: () => Promise<unknown>): Promise<boolean> => {
      setIsGoing(true);
      setError(undefined);
      try {
        await change();
        return true;
      } catch (thrown) {
        const told = toApiError(thrown);
        failed(told);
        setError(told);
        return false;
      } finally {
        setIsGoing(false);
      }
    },
    [failed],
  );
  return { isGoing, error, act };
}
