import type { Pattern, PatternMatch } from '../../settings/variables/pattern.js';
import type { Operation, Sought } from '../../settings/variables/variable.js';
import { fillReplacement, type Replaced } from './fill-replacement.js';
import { assertLength, type PatternLook } from './work-budget.js';

type OfKind<Kind extends Operation['kind']> = Extract<Operation, { readonly kind: Kind }>;

/** What makes another text of a text; `fallback` takes another input instead. */
type TextOperation = Exclude<Operation, { readonly kind: 'fallback' }>;

/** Throws `VariableFault` when the text becomes too long, or is too much work. Pure. */
export function operate(text: string, operation: TextOperation, look: PatternLook): string {
  switch (operation.kind) {
    case 'match':
      return match(text, operation, look);
    case 'replace':
      return replace(text, operation, look);
    case 'split':
      return text.split(operation.separator)[operation.indexToUse] ?? '';
    case 'substring':
      return text.substring(operation.start, operation.end);
  }
}

function match(
  text: string,
  { pattern, indexToUse, valueIfTrue, valueIfFalse }: OfKind<'match'>,
  look: PatternLook,
): string {
  const first = look.find(pattern, text, 0);
  if (!first) return valueIfFalse;
  if (indexToUse === undefined) return valueIfTrue;
  // With the flag `g`, JavaScript gives all matches instead of the groups of the first.
  const found = pattern.isGlobal ? findAll(pattern, text, look).map(({ groups }) => groups[0]) : first.groups;
  return indexToUse < found.length ? (found[indexToUse] ?? '') : valueIfTrue;
}

function replace(
  text: string,
  { sought, isForAll, replacement }: OfKind<'replace'>,
  look: PatternLook,
): string {
  let result = '';
  let done = 0;
  for (const found of findSought(text, sought, { isForAll, look })) {
    result += text.slice(done, found.start) + fillReplacement(replacement, found);
    assertLength(result);
    done = found.end;
  }
  return assertLength(result + text.slice(done));
}

function findSought(
  text: string,
  sought: Sought,
  { isForAll, look }: { readonly isForAll: boolean; readonly look: PatternLook },
): readonly Replaced[] {
  if (typeof sought === 'string') return findText(text, sought, isForAll);
  const { groupNames } = sought;
  if (isForAll || sought.isGlobal)
    return findAll(sought, text, look).map((found) => ({ text, groupNames, ...found }));
  const found = look.find(sought, text, 0);
  return found ? [{ text, groupNames, ...found }] : [];
}

function findText(text: string, sought: string, isForAll: boolean): readonly Replaced[] {
  const found: Replaced[] = [];
  for (let start = text.indexOf(sought); start !== -1; start = text.indexOf(sought, start + sought.length)) {
    const end = start + sought.length;
    found.push({ text, start, end, groups: [sought], groupNames: new Map() });
    if (!isForAll) break;
  }
  return found;
}

function findAll(pattern: Pattern, text: string, look: PatternLook): readonly PatternMatch[] {
  const all: PatternMatch[] = [];
  for (let from = 0; from <= text.length;) {
    const found = look.find(pattern, text, from);
    if (!found) break;
    all.push(found);
    from = found.end > found.start ? found.end : found.end + 1;
  }
  return all;
}
