import { toFinding, type Finding, type FindingCode } from '../../findings/finding.js';
import { propertyOf, type JsonObject } from '../parse-map.js';

/** Tells what is wrong with a variable. */
export type TellFault = (fault: Finding) => void;

/** The fields of an operation, each of its type. A field of another type is told, and counts as absent. */
export interface OperationFields {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  /** A place in a list, counted from 0. */
  index(name: string): number | undefined;
  flag(name: string): boolean;
  /** The name of the variable, as it is shown. */
  readonly variable: string;
  tell: TellFault;
}

export function createOperationFields(
  object: JsonObject,
  variable: string,
  tell: TellFault,
): OperationFields {
  const read = <Type>(field: string, code: WrongField, is: (value: unknown) => value is Type) => {
    const value = propertyOf(object, field);
    if (value === undefined || value === null) return undefined;
    if (is(value)) return value;
    tell(toFinding(code, { variable, field }));
    return undefined;
  };
  return {
    text: (name) => read(name, 'variable-field-no-text', (value) => typeof value === 'string'),
    number: (name) => read(name, 'variable-field-no-number', (value) => typeof value === 'number'),
    index: (name) => read(name, 'variable-field-no-index', isIndex),
    flag: (name) => read(name, 'variable-field-no-flag', (value) => typeof value === 'boolean') ?? false,
    variable,
    tell,
  };
}

type WrongField = Extract<FindingCode, `variable-field-no-${string}`>;

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
