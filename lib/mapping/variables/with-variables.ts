import type { DirectoryEntry, EntryAttribute } from '../../directory/directory.js';
import type { Variable } from '../../settings/variables/variable.js';
import { UnusableAttributeError } from '../attribute-text.js';
import { isTagged } from '../find-attribute.js';
import { fromSource } from '../source-texts.js';
import { operate } from './operations.js';
import { assertLength, createPatternLook, VariableFault, type PatternLook } from './work-budget.js';

/**
 * The entry with its variables, each in the place of an attribute of that name. They are computed in order,
 * so that a later one sees those before it. Throws {@link UnusableAttributeError} when one cannot be
 * computed. Pure.
 */
export function withVariables(entry: DirectoryEntry, variables: readonly Variable[] = []): DirectoryEntry {
  if (variables.length === 0) return entry;
  const attributes = new Map(entry.attributes);
  const computed: DirectoryEntry = { ...entry, attributes };
  const look = createPatternLook();
  for (const variable of variables) {
    const values = compute(computed, variable, look).filter((text) => text !== '');
    put(attributes, variable.name, values);
  }
  return computed;
}

function put(attributes: Map<string, EntryAttribute>, name: string, texts: readonly string[]): void {
  const key = name.toLowerCase();
  // Forms with options (`name;lang-en`) would answer for a variable that is empty.
  for (const other of [...attributes.keys()]) if (isTagged(other, key)) attributes.delete(other);
  // Half of a surrogate pair, as a cut text may end with, is no character.
  const values = texts.map((text) => Buffer.from(text.replace(/\p{Surrogate}/gu, '')));
  attributes.set(key, { name, values });
}

/** One text of each text of the input: several values stay several values. */
function compute(entry: DirectoryEntry, variable: Variable, look: PatternLook): readonly string[] {
  const { input, operation } = variable;
  try {
    const texts = fromSource(entry, input, 'raw');
    if (!operation) return texts.map(assertLength);
    if (operation.kind !== 'fallback')
      return (texts.length === 0 ? [''] : texts).map((text) => operate(assertLength(text), operation, look));
    const long = texts.filter(({ length }) => length >= operation.minLength);
    return (long.length > 0 ? long : fromSource(entry, operation.fallback, 'raw')).map(assertLength);
  } catch (error) {
    throw toUnusable(error, variable);
  }
}

function toUnusable(error: unknown, { name, operation }: Variable): unknown {
  if (!(error instanceof VariableFault) && !(error instanceof UnusableAttributeError)) return error;
  const kind = operation?.kind ?? 'copy';
  const why =
    error instanceof UnusableAttributeError ? `cannot be computed: ${error.message}` : error.message;
  return new UnusableAttributeError({
    code: 'variable-failed',
    params: { variable: name, operation: kind, why },
    reason: `The variable ${JSON.stringify(name)} (${kind}) ${why.replace(/\.$/, '')}.`,
    remedy: `Correct the entry, or the variable ${JSON.stringify(name)} in LDAP_DataSync_VariableMap.`,
  });
}
