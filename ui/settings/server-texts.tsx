import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import type { SettingRow } from '../api/settings-answers.js';
import { useWords, type Language } from '../words/words.js';
import type { ServerTexts } from './words/server-texts.js';

interface Said {
  readonly text: string;
  /** The language of the text. */
  readonly lang: string;
}
interface Translated {
  /** What a setting is for. */
  readonly about: (row: Pick<SettingRow, 'setting' | 'about'>) => Said;
}

const LOADERS: Readonly<Record<Language, () => Promise<ServerTexts | undefined>>> = {
  en: () => Promise.resolve(undefined),
  de: async () => (await import('./words/german-texts.js')).germanTexts,
};
const Context = createContext<ServerTexts | undefined>(undefined);

/** Loads the texts of the reader's language; until they are there, and where one is missing, the server's are shown. */
export function ServerTextsProvider({ children }: { readonly children: ComponentChildren }) {
  const { language } = useWords();
  const [texts, setTexts] = useState<ServerTexts>();
  useEffect(() => {
    let isWanted = true;
    const use = (loaded: ServerTexts | undefined): void => {
      if (isWanted) setTexts(loaded);
    };
    LOADERS[language]().then(use, () => use(undefined));
    return () => void (isWanted = false);
  }, [language]);
  return <Context.Provider value={texts}>{children}</Context.Provider>;
}

export function useServerTexts(): Translated {
  const texts = useContext(Context);
  const { language } = useWords();
  return useMemo(
    () => ({
      about({ setting, about }) {
        const own = texts && Object.hasOwn(texts.about, setting) ? texts.about[setting] : undefined;
        return own === undefined ? { text: about, lang: 'en' } : { text: own, lang: language };
      },
    }),
    [texts, language],
  );
}
