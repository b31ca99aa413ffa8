import { useSettingWords } from './use-setting-words.js';

const LONGEST = 120;

/** A value of a setting in a line of text. */
export function useShownValue(): (value: unknown) => string {
  const { s } = useSettingWords();
  return (value) => {
    if (value === true) return s('value.on');
    if (value === false) return s('value.off');
    if (value === null || value === undefined) return s('value.default');
    if (value === '') return s('value.empty');
    const text =
      typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value);
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  };
}
