import { useWords, type Words } from '../words/words.js';

/** A photo, as rows name it. */
export const DIGEST = /^[0-9a-f]{64}$/;
const SHOWN_DIGITS = 8;

/** A value of a field in a line of text. */
export function useValueText(): (field: string, value: unknown) => string {
  const words = useWords();
  return (field, value) => toText(value, field, words);
}

function toText(value: unknown, field: string, words: Words): string {
  const { t } = words;
  if (value === null || value === undefined) return t('held.nothing');
  if (typeof value === 'boolean') return t(value ? 'value.on' : 'value.off');
  if (typeof value === 'string')
    return DIGEST.test(value) ? t('value.photo', { digest: value.slice(0, SHOWN_DIGITS) }) : value;
  if (typeof value === 'number') return words.number(value);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => toText(item, field, words));
    return items.length === 0 ? t('state.none') : items.join(', ');
  }
  return toObjectText(value, words);
}

function toObjectText(value: object, words: Words): string {
  const { t } = words;
  const known = value as Record<string, unknown>;
  if (typeof known.address === 'string')
    return known.verified === true ? `${known.address} (${t('value.verified')})` : known.address;
  if (typeof known.sha256 === 'string') {
    const photo = t('value.photo', { digest: known.sha256.slice(0, SHOWN_DIGITS) });
    return typeof known.bytes === 'number' ? `${photo}, ${t('value.bytes', { count: known.bytes })}` : photo;
  }
  if (typeof known.bytes === 'number') return t('value.bytes', { count: known.bytes });
  if (typeof known.hex === 'string') return known.hex;
  const key = known.key ?? known.name;
  if (typeof key === 'string' && Array.isArray(known.values)) return `${key}: ${known.values.join(', ')}`;
  return JSON.stringify(value);
}
