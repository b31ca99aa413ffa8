import type { RefObject, TargetedSubmitEvent } from 'preact';
import type { WordKey } from '../words/en.js';
import { LANGUAGES, useWords, type Language } from '../words/words.js';
import { Mark } from '../shown/mark.js';
import { guessPersonKey, toPersonLink, type Route } from './route.js';

const SCREENS: readonly (readonly [screens: readonly Route['screen'][], href: string, word: WordKey])[] = [
  [['health'], '#/', 'nav.health'],
  [['runs', 'run'], '#/runs', 'nav.runs'],
  [['held'], '#/held', 'nav.held'],
  [['person'], '#/person', 'nav.person'],
  [['settings'], '#/settings', 'nav.settings'],
  [['schedule'], '#/schedule', 'nav.schedule'],
];

interface Props {
  readonly route: Route;
  /** How many changes wait for a decision. */
  readonly waiting: number;
  readonly search: RefObject<HTMLInputElement>;
  readonly showKeys: () => void;
  readonly signOut: () => void;
}

export function Header({ route, waiting, search, showKeys, signOut }: Props) {
  const { t, number } = useWords();
  return (
    <header class="top">
      <a class="skip" href="#content" onClick={skip}>
        {t('page.skip')}
      </a>
      <span class="mark-name">
        <Mark />
        {t('page.name')}
      </span>
      <nav aria-label={t('nav.label')}>
        {SCREENS.map(([screens, href, word]) => (
          <a key={href} href={href} aria-current={screens.includes(route.screen) ? 'page' : undefined}>
            {t(word)}
            {word === 'nav.held' && waiting > 0 && (
              <>
                <span class="badge" aria-hidden="true">
                  {number(waiting)}
                </span>
                <span class="unseen">, {t('nav.waiting', { count: waiting })}</span>
              </>
            )}
          </a>
        ))}
      </nav>
      <form class="find" role="search" aria-label={t('nav.search')} onSubmit={find}>
        <input
          ref={search}
          name="text"
          type="search"
          maxLength={1_000}
          aria-label={`${t('nav.search')}: ${t('nav.search.hint')}`}
          placeholder={t('nav.search')}
        />
        <kbd aria-hidden="true">/</kbd>
      </form>
      <Choices showKeys={showKeys} signOut={signOut} />
    </header>
  );
}

function Choices({ showKeys, signOut }: Pick<Props, 'showKeys' | 'signOut'>) {
  const { t, language, setLanguage } = useWords();
  return (
    <div class="choices">
      <select
        aria-label={t('nav.language')}
        value={language}
        onChange={({ currentTarget: { value } }) => setLanguage(value as Language)}
      >
        {Object.entries(LANGUAGES).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
      <button type="button" class="quiet" aria-label={t('nav.keys')} title={t('nav.keys')} onClick={showKeys}>
        ?
      </button>
      <button type="button" class="quiet" onClick={signOut}>
        {t('nav.signOut')}
      </button>
    </div>
  );
}

function find(event: TargetedSubmitEvent<HTMLFormElement>): void {
  event.preventDefault();
  const input = event.currentTarget.elements.namedItem('text') as HTMLInputElement;
  const text = input.value.trim();
  if (text === '') return;
  input.value = '';
  location.hash = toPersonLink(guessPersonKey(text), text);
}

/** The part after `#` names a screen, so the browser cannot follow it to a place of the page. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
