import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Change, Outcome } from '../api/answers.js';
import type { ApiError } from '../../client/index.js';
import type { Server } from '../api/server.js';
import { useSession } from '../session/session-context.js';
import { toApiError } from './use-load.js';

export interface ChangeQuery {
  readonly runId: string;
  readonly outcome?: Outcome | undefined;
  readonly text?: string | undefined;
}

export interface Rows {
  readonly rows: readonly Change[];
  /** Rows of the run, whether or not they match. */
  readonly total: number;
  /** Rows looked through. */
  readonly looked: number;
  readonly isLoading: boolean;
  readonly isWhole: boolean;
  readonly error: ApiError | undefined;
  readonly more: () => void;
}

const PAGE = 100;
/** A search looks through 5,000 rows at a time and may find nobody among them. */
const MOST_ROUNDS = 20;
const FIRST = { rows: [], total: 0, looked: 0, isLoading: true, isWhole: false, error: undefined } as const;

/** The rows of a run, a page at a time; a search goes on until it has found some. */
export function useChanges({ runId, outcome, text }: ChangeQuery, marker = ''): Rows {
  const { server, failed } = useSession();
  const [state, setState] = useState<Omit<Rows, 'more'>>(FIRST);
  const next = useRef<number | undefined>(0);
  const gone = useRef(new AbortController());

  const more = useCallback(async (): Promise<void> => {
    const { signal } = gone.current;
    setState((before) => ({ ...before, isLoading: true, error: undefined }));
    try {
      const found: Change[] = [];
      let total = 0;
      for (
        let round = 0;
        round < MOST_ROUNDS && next.current !== undefined && found.length < PAGE / 2;
        round += 1
      ) {
        const asked = { runId, offset: next.current, count: PAGE, ...toFilter(outcome, text) };
        const page = await server.changes(asked, { signal });
        found.push(...page.changes);
        total = page.total;
        next.current = page.nextOffset;
      }
      if (signal.aborted) return;
      const isWhole = next.current === undefined;
      const looked = next.current ?? total;
      setState(({ rows }) => ({
        ...{ rows: [...rows, ...found], total, looked, isLoading: false, isWhole, error: undefined },
      }));
    } catch (error) {
      if (signal.aborted) return;
      const told = toApiError(error);
      failed(told);
      setState((before) => ({ ...before, isLoading: false, error: told }));
    }
  }, [runId, outcome, text, server, marker]);

  useEffect(() => {
    gone.current = new AbortController();
    next.current = 0;
    setState(FIRST);
    void more();
    return () => gone.current.abort();
  }, [more]);

  return { ...state, more: () => void more() };
}

function toFilter(outcome: Outcome | undefined, text: string | undefined): object {
  return {
    ...(outcome === undefined ? {} : { outcome }),
    ...(text === undefined || text === '' ? {} : { text }),
  };
}

/** All rows of a run up to `most`; tells how many have come. */
export async function readChanges(
  server: Server,
  { runId, most, signal }: { readonly runId: string; readonly most: number; readonly signal?: AbortSignal },
  tell: (rows: readonly Change[], total: number) => void,
): Promise<{ readonly rows: readonly Change[]; readonly isWhole: boolean }> {
  const rows: Change[] = [];
  for (let offset = 0; rows.length < most;) {
    const page = await server.changes({ runId, offset, count: PAGE }, signal ? { signal } : {});
    rows.push(...page.changes);
    tell(rows, page.total);
    if (page.nextOffset === undefined) return { rows, isWhole: true };
    offset = page.nextOffset;
  }
  return { rows: rows.slice(0, most), isWhole: false };
}
