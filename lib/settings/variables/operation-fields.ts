import { propertyOf, type JsonObject } from '../parse-map.js';

/** Tells what is wrong with a variable; `what` continues a sentence about it. */
export type TellFault = (what: string, remedy: string) => void;

/** The fields of an operation, each of its type. A field of another type is told, and counts as absent. */
export interface OperationFields {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  /** A place in a list, counted from 0. */
  index(name: string): number | undefined;
  flag(name: string): boolean;
  tell: TellFault;
}

export function createOperationFields(object: JsonObject, tell: TellFault): OperationFields {
  const read = <Type>(name: string, wanted: string, is: (value: unknown) => value is Type) => {
    const value = propertyOf(object, name);
    if (value === undefined || value === null) return undefined;
    if (is(value)) return value;
    tell(`has "${name}" that is not ${wanted}`, `Give ${wanted} as "${name}".`);
    return undefined;
  };
  return {
    text: (name) => read(name, 'a text', (value) => typeof value === 'string'),
    number: (name) => read(name, 'a number', (value) => typeof value === 'number'),
    index: (name) => read(name, 'a whole number from 0', isIndex),
    flag: (name) => read(name, 'true or false', (value) => typeof value === 'boolean') ?? false,
    tell,
  };
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
