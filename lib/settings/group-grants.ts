import { toFinding } from '../findings/finding.js';
import { parseMembershipFilter } from '../groups/parse-membership-filter.js';
import { GRANT_SETTINGS, type GrantSettings } from './grant-settings.js';
import { parseMap } from './parse-map.js';
import type { SettingChecks } from './setting-checks.js';
import type { StringSetting } from './setting-types.js';
import type { Settings } from './settings.js';
import type { GrantKind, GroupGrants, SyncSettings } from './sync-settings.js';

const MOST = { length: 256 * 1024, entries: 1_000 };
const MAX_NAMES = 100;
const MAX_NAME = 200;

type Warns = Pick<SettingChecks, 'warn'>;

/**
 * What groups give. What is wrong with the settings of a kind is a warning, and the kind is left out: nothing
 * of it is given to anybody or taken from anybody.
 */
export function parseGrants(
  settings: Settings,
  checks: SettingChecks,
  search: Pick<SyncSettings['search'], 'scope'>,
): SyncSettings['grants'] {
  const kinds = Object.keys(GRANT_SETTINGS) as readonly GrantKind[];
  const parsed = kinds.map((kind) => [kind, parseGrant(GRANT_SETTINGS[kind], { settings, checks, search })]);
  return Object.fromEntries(parsed.filter(([, grants]) => grants !== undefined)) as SyncSettings['grants'];
}

interface Parsing {
  readonly settings: Settings;
  readonly checks: SettingChecks;
  readonly search: Pick<SyncSettings['search'], 'scope'>;
}

function parseGrant(ids: GrantSettings, { settings, checks, search }: Parsing): GroupGrants | undefined {
  if (!settings.get(ids.enable)) return undefined;
  const strategy = ids.strategy(settings, checks);
  const byGroup = parseByGroup(ids.map, settings, checks);
  const baseDN = parseBase(ids, settings, checks);
  const filter = parseMembershipFilter(settings.get(ids.filter), ids.filter, strategy);
  const problem = filter.ok ? filter.warning : filter.problem;
  if (problem) checks.warn(ids.filter, problem);
  if (!byGroup || baseDN === undefined || !filter.ok) return undefined;
  return {
    byGroup,
    question: {
      baseDN,
      scope: strategy.kind === 'once' ? search.scope : 'sub',
      form: filter.form,
      groups: [...byGroup.keys()],
      settings: { base: ids.base, filter: ids.filter, groups: ids.map },
    },
  };
}

function parseBase(
  { base, otherBase, enable }: GrantSettings,
  { get }: Settings,
  { warn }: Warns,
): string | undefined {
  const text = get(base).trim() || (otherBase ? get(otherBase).trim() : '');
  if (/^[^=]+=/.test(text)) return text;
  const value = JSON.stringify(text.slice(0, 100));
  const finding =
    text === ''
      ? toFinding('grant-base-empty', { setting: base, enable })
      : toFinding('grant-base-unusable', { setting: base, enable, value });
  warn(base, finding);
  return undefined;
}

/** `undefined`: the map gives nothing, which has been told. */
function parseByGroup(
  setting: StringSetting,
  { get }: Settings,
  { warn }: Warns,
): GroupGrants['byGroup'] | undefined {
  const told = { setting, example: '{"staff":"name","it":["one","two"]}' };
  const parsed = parseMap(get(setting), MOST);
  if ('fault' in parsed) {
    warn(setting, toFinding('grants-unreadable', { ...told, ...parsed.fault }));
    return undefined;
  }
  const byGroup = new Map<string, readonly string[]>();
  for (const [group, value] of parsed.entries) {
    const names = toNames(value);
    if (group.trim() !== '' && names) byGroup.set(group, names);
    else
      warn(
        setting,
        toFinding('grant-unusable', {
          ...told,
          group: JSON.stringify(group.slice(0, MAX_NAME)),
          names: MAX_NAMES,
        }),
      );
  }
  if (byGroup.size > 0) return byGroup;
  warn(setting, toFinding('grants-empty', told));
  return undefined;
}

function toNames(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const names = list.flatMap((item) => (typeof item === 'string' ? item.trim() : []));
  const isGood =
    names.length === list.length && names.every((name) => name !== '' && name.length <= MAX_NAME);
  return isGood && names.length > 0 && names.length <= MAX_NAMES ? [...new Set(names)] : undefined;
}
