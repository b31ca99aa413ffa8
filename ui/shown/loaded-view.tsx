import type { ComponentChildren } from 'preact';
import type { ApiError } from '../../client/index.js';
import type { Loaded } from '../data/use-load.js';
import { useTick } from '../data/use-tick.js';
import { useWords } from '../words/words.js';
import { Icon } from './icon.js';
import { useErrorText } from './refusal.js';

interface Props<T> {
  readonly loaded: Loaded<T>;
  /** Lines of the skeleton. */
  readonly lines?: number;
  /** True where the screen has no other heading. */
  readonly isScreen?: boolean;
  readonly children: (data: T) => ComponentChildren;
}

/** What is loading, what could not be loaded, and what is older than it should be. */
export function LoadedView<T>({
  loaded: { data, at, error, reload },
  lines = 6,
  isScreen = false,
  children,
}: Props<T>) {
  if (data === undefined)
    return error ? <Failed error={error} reload={reload} isScreen={isScreen} /> : <Skeleton lines={lines} />;
  return (
    <>
      {error && <Aged at={at ?? Date.now()} error={error} reload={reload} />}
      <div class={error ? 'aged' : undefined}>{children(data)}</div>
    </>
  );
}

/** Comes after 300 ms, so that a quick answer does not flicker. */
export function Skeleton({ lines }: { readonly lines: number }) {
  const { t } = useWords();
  return (
    <div class="skeleton" aria-busy="true">
      <p class="muted">{t('state.loading')}</p>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} class="line" />
      ))}
    </div>
  );
}

interface Shown {
  readonly error: ApiError;
  readonly reload: () => void;
}

function Failed({ error, reload, isScreen }: Shown & { readonly isScreen: boolean }) {
  const { t } = useWords();
  const { reason, remedy } = useErrorText()(error);
  return (
    <div class="notice bad" role="alert">
      <Icon tone="bad" />
      <div>
        {isScreen ? <h1>{t('state.failed')}</h1> : <h2>{t('state.failed')}</h2>}
        <p>{reason}</p>
        {remedy !== undefined && <p>{remedy}</p>}
        <p>
          <button type="button" onClick={reload}>
            {t('state.retry')}
          </button>
        </p>
      </div>
    </div>
  );
}

function Aged({ at, error, reload }: Shown & { readonly at: number }) {
  const { t, age } = useWords();
  useTick(1_000);
  const { reason } = useErrorText()(error);
  return (
    <div class="notice warn" role="alert">
      <Icon tone="warn" />
      <p>
        {t('state.age', { age: age(new Date(at).toISOString()), why: reason.replace(/[.]$/, '') })}{' '}
        <button type="button" class="link" onClick={reload}>
          {t('state.retry')}
        </button>
      </p>
    </div>
  );
}
