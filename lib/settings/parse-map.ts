import type { ValuesOf } from '../findings/finding-text.js';
import type { MAP_FAULT } from '../findings/texts/map-fault.js';

/** A setting that is a map in JSON, as its entries in order; or why it cannot be read. */
type ParsedMap = { readonly entries: readonly MapEntry[] } | { readonly fault: MapFault };

/** The values of {@link MAP_FAULT}. */
type MapFault = ValuesOf<typeof MAP_FAULT>;

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

/** An empty text is an empty map. */
export function parseMap(text: string, most = USUAL): ParsedMap {
  if (text.trim() === '') return { entries: [] };
  if (text.length > most.length)
    return { fault: { length: String(text.length), longest: String(most.length) } };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: { text: 'JSON' } };
  }
  if (!isJsonObject(value)) return { fault: { object: 'JSON' } };
  if (!isShallow(value, MAX_DEPTH)) return { fault: { levels: MAX_DEPTH } };
  const entries = Object.entries(value);
  return entries.length > most.entries
    ? { fault: { entries: String(entries.length), most: String(most.entries) } }
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
