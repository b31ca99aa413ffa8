import { toPrintable } from '../terminal/printable.js';
import type { Paint } from '../terminal/style.js';

const STEP = '  ';

/**
 * An answer as an outline, `name: value` a line, whatever is in it: what a newer server adds is shown, too. What is
 * empty is left out.
 */
export function toOutline(answer: unknown, paint: Paint, indent = ''): readonly string[] {
  return Object.entries(Object(answer) as Record<string, unknown>).flatMap(([name, value]) => {
    if (isEmpty(value)) return [];
    const title = paint('dim', `${toPrintable(toWords(name))}:`);
    const text = toText(value);
    if (text !== undefined) return [`${indent}${title} ${text}`];
    if (Array.isArray(value)) return [`${indent}${title}`, ...toItems(value, paint, indent + STEP)];
    return [`${indent}${title}`, ...toOutline(value, paint, indent + STEP)];
  });
}

function toItems(items: readonly unknown[], paint: Paint, indent: string): readonly string[] {
  return items.flatMap((item) => {
    const text = toText(item);
    if (text !== undefined) return [`${indent}- ${text}`];
    const [first = '', ...rest] = toOutline(item, paint, indent + STEP);
    return [`${indent}- ${first.trimStart()}`, ...rest];
  });
}

/** What fits behind its name. */
function toText(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || typeof value === 'number') return toPrintable(String(value));
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return value.map(toPrintable).join(', ');
  return undefined;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** `isReadable` → `readable`, `daysLeft` → `days left` */
function toWords(name: string): string {
  return name
    .replace(/^is(?=[A-Z])/, '')
    .replace(/(?<=[a-z])([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}
