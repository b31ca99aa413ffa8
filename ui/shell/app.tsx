import { useEffect, useRef, useState } from 'preact/hooks';
import type { Status } from '../api/further-answers.js';
import { useLoad, type Loaded } from '../data/use-load.js';
import { DraftProvider } from '../draft/draft.js';
import { Health } from '../health/health.js';
import { HeldScreen } from '../held/held-screen.js';
import { PersonScreen } from '../person/person-screen.js';
import { toHeldCount } from '../runs/held-count.js';
import { RunScreen } from '../runs/run-screen.js';
import { RunsScreen } from '../runs/runs-screen.js';
import { useSession } from '../session/session-context.js';
import { useWords } from '../words/words.js';
import { FurtherScreen } from './further-screen.js';
import { Header } from './header.js';
import { KeyList } from './key-list.js';
import { useKeys } from './keys.js';
import { useRoute, type Route } from './route.js';

const OFTEN_MS = 2_000;
const SELDOM_MS = 10_000;

/** The frame: where one is, what waits, and the screen. */
export function App() {
  const { t } = useWords();
  const { server, signOut } = useSession();
  const route = useRoute();
  const [areKeysShown, setAreKeysShown] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const status = useLoad('status', (signal) => server.status({ signal }), {
    everyMs: isBusy ? OFTEN_MS : SELDOM_MS,
  });
  const search = useRef<HTMLInputElement>(null);
  const content = useRef<HTMLElement>(null);
  const isGoing = status.data?.running != null;
  useEffect(() => setIsBusy(isGoing), [isGoing]);
  useKeys({
    search: () => search.current?.focus(),
    list: () => setAreKeysShown(true),
  });
  useArrival(route, content);

  return (
    <>
      <Header
        route={route}
        waiting={toWaiting(status.data)}
        search={search}
        showKeys={() => setAreKeysShown(true)}
        signOut={signOut}
      />
      <main id="content" ref={content} tabIndex={-1}>
        <DraftProvider>
          <Screen route={route} status={status} />
        </DraftProvider>
      </main>
      <footer class="muted">{t('page.name')} · chat-ldap-sync</footer>
      {areKeysShown && <KeyList close={() => setAreKeysShown(false)} />}
    </>
  );
}

function Screen({ route, status }: { readonly route: Route; readonly status: Loaded<Status> }) {
  switch (route.screen) {
    case 'health':
      return <Health status={status} />;
    case 'runs':
      return <RunsScreen offset={route.offset} />;
    case 'run':
      return <RunScreen key={route.runId} runId={route.runId} />;
    case 'held':
      return <HeldScreen status={status} runId={route.runId} />;
    case 'person':
      return <PersonScreen by={route.by} text={route.text} />;
    case 'settings':
    case 'schedule':
      return <FurtherScreen route={route} status={status} />;
  }
}

/** A new screen is read from its top: the title of the tab changes, and the focus moves there. */
function useArrival(route: Route, content: { readonly current: HTMLElement | null }): void {
  const { t } = useWords();
  const { screen } = route;
  const isFirst = useRef(true);
  useEffect(() => {
    const word = screen === 'run' ? t('nav.runs') : t(`nav.${screen}`);
    document.title = `${word} · ${t('page.name')}`;
  }, [screen, t]);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    scrollTo(0, 0);
    content.current?.focus({ preventScroll: true });
  }, [screen]);
}

function toWaiting(status: Status | undefined): number {
  return toHeldCount(status?.held ?? undefined);
}
