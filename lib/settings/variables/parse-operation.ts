import { toFinding } from '../../findings/finding.js';
import type { AttributeSource } from '../attribute-source.js';
import type { OperationFields } from './operation-fields.js';
import { parsePattern, type Pattern } from './pattern.js';
import type { Operation } from './variable.js';

type Kind = Operation['kind'];
type ParseSource = (text: string) => AttributeSource;

const PARSERS: {
  readonly [K in Kind]: (fields: OperationFields, parseSource: ParseSource) => Operation | undefined;
} = {
  match: parseMatch,
  replace: parseReplace,
  split: parseSplit,
  substring: parseSubstring,
  fallback: parseFallback,
};

const OPERATIONS = Object.keys(PARSERS) as readonly Kind[];

/** Reads an operation, and tells everything that is wrong with it. */
export function parseOperation(
  name: string,
  fields: OperationFields,
  parseSource: ParseSource,
): Operation | undefined {
  const kind = OPERATIONS.find((known) => known === name);
  if (kind) return PARSERS[kind](fields, parseSource);
  const { variable } = fields;
  const operation = JSON.stringify(name.slice(0, 40));
  fields.tell(toFinding('variable-operation-unknown', { variable, operation, known: OPERATIONS.join(', ') }));
  return undefined;
}

function parseMatch(fields: OperationFields): Operation | undefined {
  const [valueIfTrue, valueIfFalse] = [fields.text('valueIfTrue'), fields.text('valueIfFalse')];
  const indexToUse = fields.index('indexToUse');
  // Without `regex`, Rocket.Chat passes the text to a function that takes it for a pattern all the same.
  const pattern = readPattern(fields, fields.flag('regex') ? (fields.text('flags') ?? '') : '');
  if (valueIfTrue === undefined && indexToUse === undefined) {
    fields.tell(toFinding('variable-match-gives-nothing', { variable: fields.variable }));
    return undefined;
  }
  return (
    pattern && {
      kind: 'match',
      pattern,
      indexToUse,
      valueIfTrue: valueIfTrue ?? '',
      valueIfFalse: valueIfFalse ?? '',
    }
  );
}

function parseReplace(fields: OperationFields): Operation | undefined {
  const replacement = fields.text('replacement');
  const isForAll = fields.flag('all');
  const sought = fields.flag('regex')
    ? readPattern(fields, fields.text('flags') ?? '')
    : readText(fields, 'pattern');
  if (replacement === undefined) {
    fields.tell(toFinding('variable-without-replacement', { variable: fields.variable }));
    return undefined;
  }
  return sought === undefined ? undefined : { kind: 'replace', sought, isForAll, replacement };
}

function parseSplit(fields: OperationFields): Operation | undefined {
  const separator = readText(fields, 'pattern');
  const indexToUse = fields.index('indexToUse') ?? 0;
  return separator === undefined ? undefined : { kind: 'split', separator, indexToUse };
}

function parseSubstring(fields: OperationFields): Operation | undefined {
  const [start, end] = [fields.number('start'), fields.number('end')];
  if (start !== undefined) return { kind: 'substring', start, end };
  fields.tell(toFinding('variable-without-start', { variable: fields.variable }));
  return undefined;
}

function parseFallback(fields: OperationFields, parseSource: ParseSource): Operation | undefined {
  const [minLength = 0, fallback] = [fields.number('minLength'), fields.text('fallback')];
  if (fallback !== undefined) return { kind: 'fallback', minLength, fallback: parseSource(fallback) };
  fields.tell(toFinding('variable-without-fallback', { variable: fields.variable }));
  return undefined;
}

function readText(fields: OperationFields, name: string): string | undefined {
  const text = fields.text(name);
  if (text) return text;
  fields.tell(toFinding('variable-field-missing', { variable: fields.variable, field: name }));
  return undefined;
}

function readPattern(fields: OperationFields, flags: string): Pattern | undefined {
  const source = readText(fields, 'pattern');
  if (source === undefined) return undefined;
  const parsed = parsePattern(source, flags);
  if ('pattern' in parsed) return parsed.pattern;
  const { fault: why, remedy: todo } = parsed;
  fields.tell(toFinding('variable-pattern-unusable', { variable: fields.variable, why, todo }));
  return undefined;
}
