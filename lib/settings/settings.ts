import { toFinding, type Finding } from '../findings/finding.js';
import type { mongo } from 'mongoose';
import { SETTINGS, SETTING_IDS, type SettingId, type SettingValue } from './definitions.js';
import type { SettingDefinition } from './definitions/definition.js';
import { isSwitchedOn } from './effects/switched-on.js';
import { SETTING_EFFECTS, UNFOLLOWED_IDS, type UnfollowedId } from './setting-effects.js';

/** Something about a setting that an administrator should mend. Never holds the value of a secret setting. */
export interface SettingProblem extends Finding {
  readonly setting: string;
}

/** A stored value of a wrong type. */
export interface WrongType extends SettingProblem {
  readonly setting: SettingId;
}

/** One reading of the settings: every id has a value of its type. */
export interface Settings {
  get<Id extends SettingId>(id: Id): SettingValue<Id>;
  /** True when the value was stored or overridden, false when it is the default. */
  isSet(id: SettingId): boolean;
  /**
   * The stored value of a setting that is not followed here, of any type; `undefined` when none is stored.
   */
  raw(id: UnfollowedId): unknown;
  /** Settings with `LDAP_` in front that are on and unknown here. */
  readonly unknownIds: readonly string[];
  /** Those that are stored and have no effect here: not followed, or unknown with `LDAP_` in front. */
  readonly idsWithoutEffect: readonly string[];
  /** Values that were stored but are of the wrong type; `get` gives the default for those. */
  readonly problems: readonly WrongType[];
}

/**
 * Where settings are stored. Gives the raw values of the ids that are set; ids that are absent have their
 * default. It may give more than was asked for: what begins with `LDAP_` and is not known is reported. The
 * default source reads `rocketchat_settings`.
 */
export interface SettingsSource {
  read(ids: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /**
   * Stores all of the values, or none. `tell` writes down who has changed them: it belongs into the same transaction
   * where there is one, and is else called afterwards. Absent: settings are changed where they come from, and
   * `ldap.settings` only shows them.
   */
  write?(
    values: ReadonlyMap<string, boolean | number | string>,
    tell: (session?: mongo.ClientSession) => Promise<void>,
  ): Promise<void>;
}

/** Reads the current settings; a change counts from the next reading on. */
export type ReadSettings = () => Promise<Settings>;

type Environment = Readonly<Record<string, string | undefined>>;

const OVERRIDE_PREFIX = 'OVERWRITE_SETTING_';
const LDAP_PREFIX = 'LDAP_';
const READ_IDS: readonly string[] = [...SETTING_IDS, ...UNFOLLOWED_IDS];

/** What is stored and what the environment says, untyped. */
export interface RawSettings {
  readonly values: ReadonlyMap<string, unknown>;
  /** The ids whose value comes from the environment. */
  readonly overridden: ReadonlySet<string>;
}

export type ReadRawSettings = () => Promise<RawSettings>;

/**
 * Reads from `source`; an environment variable `OVERWRITE_SETTING_<id>` wins over what is stored, as in
 * Rocket.Chat.
 */
export function createReadRawSettings(source: SettingsSource, environment: Environment): ReadRawSettings {
  return async () => {
    const values = new Map(await source.read(READ_IDS));
    const overridden = new Set<string>();
    const named = Object.keys(environment)
      .filter((name) => name.startsWith(OVERRIDE_PREFIX + LDAP_PREFIX))
      .map((name) => name.slice(OVERRIDE_PREFIX.length));
    for (const id of new Set([...READ_IDS, ...named])) {
      const override = environment[OVERRIDE_PREFIX + id];
      if (override === undefined) continue;
      values.set(id, override);
      overridden.add(id);
    }
    return { values, overridden };
  };
}

/** As {@link createReadRawSettings}, typed. */
export function createReadSettings(source: SettingsSource, environment: Environment): ReadSettings {
  const readRaw = createReadRawSettings(source, environment);
  return async () => parseSettings((await readRaw()).values);
}

/**
 * Types the raw values. A value that cannot be of its setting's type becomes a problem and its default is
 * used.
 */
export function parseSettings(raw: ReadonlyMap<string, unknown>): Settings {
  const values = new Map<SettingId, unknown>();
  const problems: WrongType[] = [];
  for (const id of SETTING_IDS) {
    const stored = raw.get(id);
    if (stored === undefined || stored === null) continue;
    const definition: SettingDefinition = SETTINGS[id];
    const value = toType(stored, definition.type);
    if (value === undefined) problems.push(wrongType(id, definition));
    else values.set(id, value);
  }
  const unknown = [...raw.keys()].filter(
    (id) => id.startsWith(LDAP_PREFIX) && !Object.hasOwn(SETTING_EFFECTS, id),
  );
  return {
    get: (id) => (values.has(id) ? values.get(id) : SETTINGS[id].default) as never,
    isSet: (id) => values.has(id),
    raw: (id) => raw.get(id),
    unknownIds: unknown.filter((id) => isSwitchedOn(raw.get(id))),
    idsWithoutEffect: [...UNFOLLOWED_IDS, ...unknown].filter((id) => raw.get(id) != null),
    problems,
  };
}

/** A stored value as one of the type; `undefined` where it is of another. */
export function toType(
  value: unknown,
  type: SettingDefinition['type'],
): boolean | number | string | undefined {
  switch (type) {
    case 'boolean':
      return toBoolean(value);
    case 'int':
      return toInteger(value);
    case 'string':
      return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
  }
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' ? false : undefined;
}

function toInteger(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*-?\d{1,15}\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

const WRONG_TYPES = { boolean: 'not-a-boolean', int: 'not-a-number', string: 'not-a-text' } as const;

function wrongType(id: SettingId, definition: SettingDefinition): WrongType {
  return { setting: id, ...toFinding(WRONG_TYPES[definition.type], { setting: id }) };
}
