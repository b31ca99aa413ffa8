/** A setting that is a map in JSON, as its entries in order; or why it cannot be read. */
type ParsedMap = { readonly entries: readonly MapEntry[] } | { readonly fault: string };

export type MapEntry = readonly [key: string, value: unknown];

/** An object of JSON: own properties only are read of it. */
export type JsonObject = Readonly<Record<string, unknown>>;

interface MapLimits {
  /** In characters. */
  readonly length: number;
  readonly entries: number;
}

const USUAL: MapLimits = { length: 64 * 1024, entries: 100 };
const MAX_DEPTH = 10;

/** Names that mean something to every object of JavaScript. */
const OF_ALL_OBJECTS = new Set(['__proto__', 'constructor', 'prototype']);

export function isNameOfAllObjects(name: string): boolean {
  return OF_ALL_OBJECTS.has(name);
}

/** `fault` continues a sentence about the setting. An empty text is an empty map. */
export function parseMap(text: string, most = USUAL): ParsedMap {
  if (text.trim() === '') return { entries: [] };
  if (text.length > most.length)
    return { fault: `is ${text.length} characters long; at most ${most.length} are read` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'is not JSON' };
  }
  if (!isJsonObject(value)) return { fault: 'is not an object of JSON' };
  if (!isShallow(value, MAX_DEPTH)) return { fault: `is nested deeper than ${MAX_DEPTH} levels` };
  const entries = Object.entries(value);
  return entries.length > most.entries
    ? { fault: `has ${entries.length} entries; at most ${most.entries} are read` }
    : { entries };
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property; `undefined` where there is none, whatever all objects have by this name. */
export function propertyOf(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((item) => isShallow(item, depth - 1));
}
