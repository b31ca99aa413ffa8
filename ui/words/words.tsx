import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import type { Told } from '../api/answers.js';
import type { Catalogue } from './catalogue.js';
import { en, type WordKey } from './en.js';
import { createFormats, type Formats } from './formats.js';
import { translate, type ToldText } from './told.js';
import { choosePlural, fill, type Params } from './word.js';

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

export interface Words extends Formats {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  /** The text of a key that is known to be there. */
  readonly t: (key: WordKey, params?: Params) => string;
  /** The text of `prefix` and a code of the server; an unknown code is shown as it is. */
  readonly name: (prefix: string, code: string, params?: Params) => string;
  readonly has: (key: string) => key is WordKey;
  /** Why and what to do, in the reader's language where the code is known; else in the server's English. */
  readonly told: (told: Told) => ToldText;
}

const STORED = 'chat-ldap-sync.language';
const Context = createContext<Words | undefined>(undefined);

export function useWords(): Words {
  const words = useContext(Context);
  if (!words) throw new Error('There are no words outside of WordsProvider.');
  return words;
}

const LOADERS: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve({ words: en, advice: {} }),
  de: async () => (await import('./german.js')).german,
};

export function WordsProvider({ children }: { readonly children: ComponentChildren }) {
  const [language, setLanguage] = useState(findLanguage);
  const [catalogue, setCatalogue] = useState<{ language: Language } & Catalogue>();

  useEffect(() => {
    let isWanted = true;
    const use = (of: Language, loaded: Catalogue): void => {
      if (isWanted) setCatalogue({ language: of, ...loaded });
    };
    // A catalogue that cannot be loaded must not keep the page away.
    LOADERS[language]().then(
      (loaded) => use(language, loaded),
      () => use('en', { words: en, advice: {} }),
    );
    return () => void (isWanted = false);
  }, [language]);

  const words = useMemo(() => {
    if (!catalogue) return undefined;
    document.documentElement.lang = catalogue.language;
    return createWords(catalogue, (chosen) => {
      keepLanguage(chosen);
      setLanguage(chosen);
    });
  }, [catalogue]);

  return words ? <Context.Provider value={words}>{children}</Context.Provider> : null;
}

function createWords(
  { language, words, advice }: { language: Language } & Catalogue,
  setLanguage: (language: Language) => void,
): Words {
  const formats = createFormats(language);
  const rules = new Intl.PluralRules(language);
  const t = (key: WordKey, params: Params = {}): string => {
    const text = choosePlural(words[key], params, rules);
    return fill(text, params, formats.number) ?? text;
  };
  const has = (key: string): key is WordKey => Object.hasOwn(words, key);
  return {
    ...formats,
    language,
    setLanguage,
    t,
    has,
    name: (prefix, code, params) => {
      const key = `${prefix}.${code}`;
      return has(key) ? t(key, params) : code;
    },
    told: (told) => translate(told, advice, { language, number: formats.number }),
  };
}

function isLanguage(text: string | null | undefined): text is Language {
  return text !== null && text !== undefined && Object.hasOwn(LANGUAGES, text);
}

function findLanguage(): Language {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(STORED);
  } catch {
    // A browser may forbid it.
  }
  if (isLanguage(stored)) return stored;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Then it holds until the page is loaded again.
  }
}
