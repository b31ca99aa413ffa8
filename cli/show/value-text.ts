const HASH = /^[0-9a-f]{64}$/;
const NOTHING = '–';

/** A value of a field for people: lists with commas, addresses without their flags, photos by the beginning of a hash. */
export function toValueText(value: unknown): string {
  if (value === undefined || value === null || value === '') return NOTHING;
  if (typeof value === 'string') return HASH.test(value) ? `photo ${value.slice(0, 8)}` : value;
  if (Array.isArray(value)) return value.length === 0 ? NOTHING : value.map(toValueText).join(', ');
  if (typeof value !== 'object') return JSON.stringify(value);
  const { address, sha256, bytes } = value as Readonly<Record<string, unknown>>;
  if (typeof address === 'string') return address;
  if (typeof sha256 === 'string') return `photo ${sha256.slice(0, 8)}, ${String(bytes)} bytes`;
  return JSON.stringify(value);
}
