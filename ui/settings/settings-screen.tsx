import { useEffect, useState } from 'preact/hooks';
import type { Status } from '../api/further-answers.js';
import type { SettingsPage } from '../api/settings-answers.js';
import { useLoad, type Loaded } from '../data/use-load.js';
import { useDraft } from '../draft/draft.js';
import { useSession } from '../session/session-context.js';
import { Icon } from '../shown/icon.js';
import { LoadedView } from '../shown/loaded-view.js';
import { Blank } from '../shown/notice.js';
import { DraftBar } from './draft-bar.js';
import { HistoryView } from './history-view.js';
import { ReviewView } from './review-view.js';
import { SectionMenu } from './section-menu.js';
import { SectionView } from './section-view.js';
import { SECTIONS, TESTS } from './sections.js';
import { SettingSearch } from './setting-search.js';
import { SuggestView } from './suggest-view.js';
import { useSettingWords } from './use-setting-words.js';
import { useTests } from './use-tests.js';

interface Props {
  readonly section: string | undefined;
  readonly status: Loaded<Status>;
}

/** The settings in the order one fails, each section with its test; a draft that is looked at before it is saved. */
export function SettingsScreen({ section, status }: Props) {
  const { server } = useSession();
  const { s } = useSettingWords();
  const loaded = useLoad('settings', (signal) => server.settings({ signal }), { isAside: true });
  if (loaded.error?.status === 403)
    return (
      <>
        <h1>{s('title')}</h1>
        <Blank tone="off" title={s('forbidden.title')}>
          <p>{s('forbidden.text')}</p>
        </Blank>
      </>
    );
  return (
    <LoadedView loaded={loaded} lines={12}>
      {(page) => <Page page={page} section={section} reload={() => (loaded.reload(), status.reload())} />}
    </LoadedView>
  );
}

interface PageProps {
  readonly page: SettingsPage;
  readonly section: string | undefined;
  readonly reload: () => void;
}

function Page({ page, section = 'connection', reload }: PageProps) {
  const { s } = useSettingWords();
  const [text, setText] = useState('');
  const rows = page.settings;
  const tests = useTests(rows);
  const { forgetSaved } = useDraft();
  useEffect(() => forgetSaved, []);
  const shown = SECTIONS.find((one) => one === section);
  return (
    <div class="settings">
      <header class="title">
        <h1>{s('title')}</h1>
        <div class="buttons">
          <button
            type="button"
            disabled={tests.isGoing}
            aria-busy={tests.isGoing}
            onClick={() => tests.test(SECTIONS.flatMap((one) => TESTS[one] ?? []))}
          >
            {s('test.all')}
          </button>
          <a class="button" href="#/settings/suggest">
            {s('suggest.open')}
          </a>
          <a class="button quiet" href="#/settings/history">
            {s('history.open')}
          </a>
        </div>
      </header>
      {!page.isWritable && <Notice text={s('readOnly')} />}
      {page.isSharedWithRocketChat && <Notice text={s('shared')} />}
      <div class="settings-columns">
        <SectionMenu rows={rows} tests={tests} section={section} text={text} search={setText} />
        <div class="settings-content">
          {text.trim() !== '' ? (
            <SettingSearch rows={rows} text={text} clear={() => setText('')} />
          ) : shown ? (
            <SectionView key={shown} section={shown} rows={rows} tests={tests} />
          ) : (
            <Other name={section} page={page} reload={reload} />
          )}
        </div>
      </div>
      <DraftBar page={page} isReviewing={section === 'review'} reload={reload} />
    </div>
  );
}

/** What is no section of the settings. */
function Other({
  name,
  page,
  reload,
}: {
  readonly name: string;
  readonly page: SettingsPage;
  readonly reload: () => void;
}) {
  if (name === 'suggest') return <SuggestView rows={page.settings} />;
  if (name === 'history') return <HistoryView rows={page.settings} reload={reload} />;
  return <ReviewView page={page} reload={reload} />;
}

function Notice({ text }: { readonly text: string }) {
  return (
    <div class="notice warn">
      <Icon tone="warn" />
      <p>{text}</p>
    </div>
  );
}
