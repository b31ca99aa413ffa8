import { toFinding } from '../../findings/finding.js';
import { isAttributeName } from '../../directory/filter/search-filter.js';
import type { SettingChecks } from '../setting-checks.js';
import type { Settings } from '../settings.js';
import { isJsonObject, parseMap, propertyOf, type MapEntry } from '../parse-map.js';
import { createOperationFields, type TellFault } from './operation-fields.js';
import { parseOperation } from './parse-operation.js';
import type { Operation, Variable } from './variable.js';
import { isVariableName, toInputNames } from './variable-names.js';

const MAP = 'LDAP_DataSync_VariableMap';
const EXAMPLE = '{"login":{"input":"mail","output":{"operation":"split","pattern":"@"}}}';

type Checks = Pick<SettingChecks, 'reject' | 'sourceOf'>;

/**
 * The variables, in the order in which they are computed. Everything that is wrong with one of them is
 * rejected: a run would give people other names than it asks for.
 */
export function parseVariables({ get }: Pick<Settings, 'get'>, checks: Checks): readonly Variable[] {
  if (!get('LDAP_DataSync_UseVariables')) return [];
  const map = parseMap(get(MAP));
  if ('fault' in map) {
    const told = { example: EXAMPLE, none: '{}' };
    checks.reject(MAP, toFinding('variables-unreadable', { ...told, ...map.fault }));
    return [];
  }
  const names = map.entries.map(([name]) => name);
  const variables = map.entries.flatMap((entry) => parseVariable(entry, checks) ?? []);
  tellRepeated(names, checks);
  for (const variable of variables) tellLater(variable, names, checks);
  return variables;
}

function parseVariable([name, value]: MapEntry, checks: Checks): Variable | undefined {
  const tell = toTell(checks);
  const variable = toShown(name);
  if (!isVariableName(name)) {
    tell(toFinding('variable-badly-named', { variable }));
    return undefined;
  }
  if (!isJsonObject(value)) {
    tell(toFinding('variable-no-object', { variable, example: EXAMPLE }));
    return undefined;
  }
  const [input, output] = [propertyOf(value, 'input'), propertyOf(value, 'output')];
  // As in Rocket.Chat: a variable without an input is none.
  if (input === undefined || input === null || input === '') return undefined;
  if (typeof input !== 'string') {
    tell(toFinding('variable-input-no-text', { variable, example: '#{givenName}.#{sn}' }));
    return undefined;
  }
  const operation = parseOutput(output, variable, checks);
  return { name, input: checks.sourceOf(MAP, input), ...(operation ? { operation } : {}) };
}

function parseOutput(output: unknown, variable: string, checks: Checks): Operation | undefined {
  if (output === undefined || output === null) return undefined;
  const tell = toTell(checks);
  if (!isJsonObject(output)) {
    tell(toFinding('variable-output-no-object', { variable, example: EXAMPLE }));
    return undefined;
  }
  const fields = createOperationFields(output, variable, tell);
  const name = fields.text('operation');
  if (name === undefined) return undefined;
  return parseOperation(name, fields, (text) => checks.sourceOf(MAP, text));
}

function tellRepeated(names: readonly string[], checks: Checks): void {
  const seen = new Set<string>();
  for (const name of names) {
    const key = name.toLowerCase();
    if (seen.has(key)) toTell(checks)(toFinding('variable-twice', { variable: toShown(name) }));
    seen.add(key);
  }
}

/** What is computed later is not there yet. */
function tellLater(variable: Variable, names: readonly string[], checks: Checks): void {
  const later = names.slice(names.indexOf(variable.name));
  for (const name of toInputNames(variable))
    if (later.includes(name) && !isAttributeName(name))
      toTell(checks)(
        toFinding('variable-too-early', { variable: toShown(variable.name), name: JSON.stringify(name) }),
      );
}

function toTell({ reject }: Pick<Checks, 'reject'>): TellFault {
  return (fault) => reject(MAP, fault);
}

function toShown(name: string): string {
  return JSON.stringify(name.slice(0, 64));
}
