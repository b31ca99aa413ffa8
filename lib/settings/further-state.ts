import { toFinding } from '../findings/finding.js';
import { FURTHER_STATE_ATTRIBUTES, type FurtherStateAttribute } from './active-state.js';
import type { SettingChecks } from './setting-checks.js';
import type { Settings } from './settings.js';
import { splitList } from './split-list.js';

/** An unknown name is a mistake: somebody would stay on who is meant to be off. */
export function parseFurtherState(
  settings: Settings,
  checks: SettingChecks,
): readonly FurtherStateAttribute[] {
  const id = 'LDAP_Active_State_Attributes';
  const named = splitList(settings.get(id)).map((name) => ({
    name,
    known: FURTHER_STATE_ATTRIBUTES.find((attribute) => attribute.toLowerCase() === name.toLowerCase()),
  }));
  const unknown = named.flatMap(({ name, known }) => (known ? [] : [JSON.stringify(name.slice(0, 60))]));
  if (unknown.length > 0) {
    const known = FURTHER_STATE_ATTRIBUTES.join(', ');
    const names = unknown.slice(0, 5).join(', ');
    checks.reject(id, toFinding('state-attributes-unknown', { setting: id, names, known }));
  }
  return [...new Set(named.flatMap(({ known }) => known ?? []))];
}
