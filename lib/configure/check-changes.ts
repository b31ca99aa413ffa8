import { toFinding, type Finding, type FindingCode } from '../findings/finding.js';
import { SETTINGS, SETTING_IDS, type SettingId } from '../settings/definitions.js';
import type { SettingDefinition } from '../settings/definitions/definition.js';
import { parseSyncSettings } from '../settings/parse-sync-settings.js';
import { parseSettings, type RawSettings, type SettingProblem } from '../settings/settings.js';
import { SECRET_IDS, SECRETS } from '../settings/secret-settings.js';

/** Setting → its new value; `null`: its default. */
export type SettingValues = ReadonlyMap<string, unknown>;

export interface CheckedChanges {
  /** Why nothing may be written; empty: it may. */
  readonly problems: readonly SettingProblem[];
  /** What is to be known beside. */
  readonly warnings: readonly SettingProblem[];
  /** What would be stored, with defaults spelt out. */
  readonly values: ReadonlyMap<SettingId, boolean | number | string>;
}

/**
 * Checks values before they are saved or tried out: each by itself, and all settings together as they would be.
 * What was wrong before and has nothing to do with them is a warning, so that settings can be mended one by one.
 */
export function checkChanges(asked: SettingValues, raw: RawSettings): CheckedChanges {
  const problems: SettingProblem[] = [];
  const values = new Map<SettingId, boolean | number | string>();
  for (const [id, value] of asked) {
    const fault = findFault(id, value, raw);
    if (fault) problems.push({ setting: id.slice(0, 80), ...fault });
    else values.set(id as SettingId, value === null ? SETTINGS[id as SettingId].default : toValue(value));
  }
  if (toLength(asked) > MAX_TOGETHER) problems.push(TOO_LONG);
  problems.push(...findSecretsToGive(values, raw));
  const stored = withoutSecrets(raw.values, values);
  const before = parseSyncSettings(parseSettings(stored));
  const after = parseSyncSettings(parseSettings(new Map([...stored, ...values])));
  const known = new Set(before.ok ? [] : before.problems.map(toKey));
  const found = after.ok ? [] : after.problems;
  const isNew = (problem: SettingProblem): boolean =>
    values.has(problem.setting as SettingId) || !known.has(toKey(problem));
  return {
    problems: [...problems, ...found.filter(isNew)],
    warnings: [...found.filter((problem) => !isNew(problem)), ...after.warnings],
    values,
  };
}

/** So long that the account of them fits into a document, with what they were before. */
const MAX_TOGETHER = 2 * 1024 * 1024;
const TOO_LONG: SettingProblem = {
  setting: 'LDAP',
  ...toFinding('values-too-long', { most: String(MAX_TOGETHER) }),
};

function toLength(values: SettingValues): number {
  return [...values.values()].reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? value.length : 0),
    0,
  );
}

/** Says as little of a stored secret as that there is one. */
const SECRET = 'a secret that nobody has guessed';

/**
 * The settings without the secrets that were not given in the call. A message that shows a value from the call never
 * shows a secret; a guess that came back concealed would tell that it was right.
 */
function withoutSecrets(
  stored: RawSettings['values'],
  given: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, unknown> {
  const concealed = SECRET_IDS.filter((id) => !given.has(id) && typeof stored.get(id) === 'string');
  return new Map([...stored, ...concealed.map((id) => [id, stored.get(id) === '' ? '' : SECRET] as const)]);
}

function toKey({ setting, message }: SettingProblem): string {
  return `${setting} ${message}`;
}

function findFault(id: string, value: unknown, { overridden }: RawSettings): Finding | undefined {
  const setting = id.slice(0, 80);
  if (!id.startsWith('LDAP_')) return toFinding('not-of-ldap', { setting });
  if (!SETTING_IDS.includes(id as SettingId)) return toFinding('setting-unknown', { setting });
  if (overridden.has(id)) return toFinding('setting-overridden', { setting: id });
  return value === null ? undefined : findTypeFault(id as SettingId, value);
}

const WRONG_TYPES = {
  boolean: 'given-no-boolean',
  int: 'given-no-number',
  string: 'given-no-text',
} as const satisfies Readonly<Record<SettingDefinition['type'], FindingCode>>;
const MAX_LENGTH = 256 * 1024;

function findTypeFault(setting: SettingId, value: unknown): Finding | undefined {
  const definition: SettingDefinition = SETTINGS[setting];
  const isRight =
    definition.type === 'int'
      ? Number.isSafeInteger(value)
      : typeof value === definition.type && String(value).length <= MAX_LENGTH;
  if (!isRight) return toFinding(WRONG_TYPES[definition.type], { setting });
  if (!('range' in definition) || definition.range === undefined) return undefined;
  if (definition.type === 'int') {
    const { min, max } = definition.range;
    if ((value as number) >= min && (value as number) <= max) return undefined;
    const texts = { value: String(value), min: String(min), max: String(max) };
    return toFinding('given-out-of-range', { setting, ...texts });
  }
  if (definition.range.includes(value as string)) return undefined;
  const choices = definition.range.map((choice) => JSON.stringify(choice)).join(', ');
  return toFinding('given-no-choice', { setting, value: JSON.stringify(value).slice(0, 80), choices });
}

function toValue(value: unknown): boolean | number | string {
  return value as boolean | number | string;
}

/** A stored secret is never sent anywhere but where it was given for. */
function findSecretsToGive(
  values: ReadonlyMap<SettingId, unknown>,
  { values: stored, overridden }: RawSettings,
): readonly SettingProblem[] {
  const current = parseSettings(stored);
  return SECRET_IDS.flatMap((secret): SettingProblem[] => {
    const moved = SECRETS[secret].filter((id) => values.has(id) && values.get(id) !== current.get(id));
    if (current.get(secret) === '' || moved.length === 0 || values.has(secret)) return [];
    const code = overridden.has(secret) ? 'secret-to-change-at-host' : 'secret-to-give';
    return [{ setting: secret, ...toFinding(code, { moved: moved.join(' and '), setting: secret }) }];
  });
}
