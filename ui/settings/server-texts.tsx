import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import type { Told } from '../api/answers.js';
import type { Evidence, SettingProblem, SettingRow } from '../api/settings-answers.js';
import { translate, type ToldText } from '../words/told.js';
import { fill } from '../words/word.js';
import { useWords, type Language, type Words } from '../words/words.js';
import type { ServerTexts } from './words/server-texts.js';

interface Said {
  readonly text: string;
  /** The language of the text. */
  readonly lang: string;
}
interface Translated {
  /** What a setting is for. */
  readonly about: (row: Pick<SettingRow, 'setting' | 'about'>) => Said;
  /** What is wrong with a setting, and what to do. */
  readonly problem: (problem: SettingProblem) => ToldText;
  /** Why somebody does not become a user: known here, or to the whole page. */
  readonly reason: (told: Told) => ToldText;
  /** What was seen. */
  readonly seen: (evidence: Evidence) => Said;
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
  const words = useWords();
  return useMemo(() => createTranslated(texts, words), [texts, words]);
}

function createTranslated(texts: ServerTexts | undefined, words: Words): Translated {
  const { language } = words;
  const reason = (told: Told): ToldText => {
    const own = translate(told, texts?.findings ?? {}, words);
    return own.lang === language ? own : words.told(told);
  };
  return {
    about({ setting, about }) {
      const own = texts && Object.hasOwn(texts.about, setting) ? texts.about[setting] : undefined;
      return own === undefined ? { text: about, lang: 'en' } : { text: own, lang: language };
    },
    problem: ({ message, ...told }) => reason({ ...told, reason: message }),
    reason,
    seen({ because, seen = [] }) {
      const known = texts?.observations ?? {};
      const sentences = seen.map(({ code = '', params = {} }) => {
        const own = Object.hasOwn(known, code) ? known[code] : undefined;
        return own === undefined ? undefined : fill(own, params, words.number);
      });
      const isWhole = sentences.length > 0 && !sentences.includes(undefined);
      return isWhole ? { text: sentences.join(' '), lang: language } : { text: because, lang: 'en' };
    },
  };
}
