import { useMemo } from 'preact/hooks';
import { choosePlural, fill, type Params, type Word } from '../words/word.js';
import { useWords, type Words } from '../words/words.js';
import { settingsDe } from './settings-de.js';
import { settingsEn, type SettingsWordKey } from './settings-en.js';
import { SETTING_NAMES } from './setting-names.js';

export interface SettingWords extends Words {
  /** A text of these screens. */
  readonly s: (key: SettingsWordKey, params?: Params) => string;
  /** The same of a code of the server; an unknown one is shown as it is. */
  readonly named: (prefix: string, code: string) => string;
  /** What a setting is called. */
  readonly label: (setting: string) => string;
}

/** The words of the screens that are loaded later; they come with them. */
export function useSettingWords(): SettingWords {
  const words = useWords();
  return useMemo(() => {
    const catalogue: Readonly<Record<SettingsWordKey, Word>> =
      words.language === 'de' ? settingsDe : settingsEn;
    const rules = new Intl.PluralRules(words.language);
    const s = (key: SettingsWordKey, params: Params = {}): string => {
      const text = choosePlural(catalogue[key], params, rules);
      return fill(text, params, words.number) ?? text;
    };
    return {
      ...words,
      s,
      named(prefix, code) {
        const key = `${prefix}.${code}`;
        return Object.hasOwn(catalogue, key) ? s(key as SettingsWordKey) : code;
      },
      label(setting) {
        const names: Readonly<Record<string, readonly [string, string]>> = SETTING_NAMES;
        const known = Object.hasOwn(names, setting) ? names[setting] : undefined;
        return known ? known[words.language === 'de' ? 1 : 0] : setting.replaceAll('_', ' ');
      },
    };
  }, [words]);
}
