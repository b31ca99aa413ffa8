import { toFinding } from '../findings/finding.js';
import type { SettingProblem } from '../settings/settings.js';
import { toFitting, toUsual } from './fitting-names.js';
import type { Lack } from './find-lacks.js';
import { findAlike, findMisspelt } from './likeness.js';
import type { Shown } from './shown-attributes.js';

const MOST = 5;

/** Says which attributes no entry has, and what the entries have that may be meant. Pure. */
export function tellLack(
  { named: { part, setting, isTemplate, throughVariables }, missing }: Lack,
  { entries, shown }: { readonly entries: number; readonly shown: Shown },
): SettingProblem {
  const meant = missing.flatMap((name) => findAlike(name, shown.names) ?? []);
  const have = toFitting(part, shown.names, meant);
  const [suggestion] = isTemplate || meant.length > 0 ? meant : toUsual(part, shown.names);
  const lacking = missing.slice(0, MOST).map(quote).join(', ');
  const place = throughVariables ? 'LDAP_DataSync_VariableMap' : setting;
  const values = {
    ...(entries === 1 ? { one: entries } : { entries: String(entries) }),
    ...{ lacking, setting, place },
    have: have.length > 0 ? have.join(', ') : undefined,
  };
  const kind = throughVariables ? 'variables-nowhere' : 'attributes-nowhere';
  if (suggestion === undefined) return { setting, ...toFinding(kind, values) };
  const instead = missing.length > 1 ? undefined : lacking;
  return {
    setting,
    ...toFinding(`${kind}-but-another`, { ...values, suggestion: quote(suggestion), instead }),
  };
}

/** Whether one of the names is that of an attribute which the entries have, only misspelt. */
export function isMisspelt({ missing }: Lack, { names }: Shown): boolean {
  return missing.some((name) => findMisspelt(name, names) !== undefined);
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 60));
}
