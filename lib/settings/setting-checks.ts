import { isAttributeName } from '../directory/filter/search-filter.js';
import { isSecretAttribute } from '../directory/secret-attributes.js';
import { createConcealer } from './conceal-secrets.js';
import { isCertificate, toPemBlocks } from './pem-certificates.js';
import { PLACEHOLDER } from './placeholder.js';
import { SETTINGS, type SettingId, type SettingValue } from './definitions.js';
import type { SettingProblem, Settings } from './settings.js';
import type { AttributeSource } from './sync-settings.js';
import { sortWrongTypes } from './wrong-types.js';

/** Reads settings and collects what is wrong with them, so that every problem is reported at once. */
export interface SettingChecks {
  readonly problems: readonly SettingProblem[];
  /** What is wrong but has a safe default, which is used. */
  readonly warnings: readonly SettingProblem[];
  reject(setting: string, message: string, remedy: string): void;
  warn(setting: string, message: string, remedy: string): void;
  number(setting: NumberSetting, range: { min: number; max: number }): number;
  /**
   * Like `number`, but what is out of range (0, as when somebody means "off") only brings the default and a
   * warning.
   */
  numberOrDefault(setting: NumberSetting, range: { min: number; max: number }): number;
  oneOf<T extends string>(setting: StringSetting, allowed: readonly T[]): T;
  attributes(setting: StringSetting, required: boolean): readonly string[];
  attributeSource(setting: StringSetting): AttributeSource;
  certificates(setting: StringSetting): readonly string[];
}

type SettingOf<T> = { [Id in SettingId]: SettingValue<Id> extends T ? Id : never }[SettingId];
type StringSetting = SettingOf<string>;
type NumberSetting = SettingOf<number>;

const MAX_ATTRIBUTES = 50;

export function createSettingChecks(settings: Settings): SettingChecks {
  const { problems, warnings } = sortWrongTypes(settings);
  const conceal = createConcealer(settings);

  function warn(setting: string, message: string, remedy: string): void {
    warnings.push({ setting, message: conceal(message), remedy });
  }

  function reject(setting: string, message: string, remedy: string): void {
    problems.push({ setting, message: conceal(message), remedy });
  }

  function checkAttributeNames(setting: SettingId, names: readonly string[]): void {
    const secret = names.filter(isSecretAttribute);
    if (secret.length > 0) {
      reject(
        setting,
        `${setting} names ${toList(secret)}, which holds a password or a key and is never read.`,
        `Name another attribute in ${setting}, for example "uid" or "mail".`,
      );
    }
    const bad = names.filter((name) => !isAttributeName(name) && !isSecretAttribute(name));
    if (bad.length > 0) {
      reject(
        setting,
        `${setting} names ${toList(bad)}, which cannot be an LDAP attribute.`,
        `Correct the attribute names in ${setting}, for example "uid" or "mail".`,
      );
    }
    if (names.length > MAX_ATTRIBUTES) {
      reject(
        setting,
        `${setting} names ${names.length} attributes.`,
        `Name at most ${MAX_ATTRIBUTES} attributes in ${setting}.`,
      );
    }
  }

  function attributes(setting: StringSetting, required: boolean): readonly string[] {
    const names = splitList(settings.get(setting));
    if (required && names.length === 0) {
      reject(setting, `${setting} is empty.`, `Name at least one LDAP attribute in ${setting}.`);
    }
    checkAttributeNames(setting, names);
    return names;
  }

  return {
    problems,
    warnings,
    reject,
    warn,
    attributes,
    number(setting, { min, max }) {
      const value = settings.get(setting);
      if (value < min || value > max) {
        reject(setting, `${setting} is ${value}.`, `Set ${setting} to a number from ${min} to ${max}.`);
      }
      return value;
    },
    numberOrDefault(setting, { min, max }) {
      const value = settings.get(setting);
      if (value >= min && value <= max) return value;
      const fallback = SETTINGS[setting].default;
      warn(
        setting,
        `${setting} is ${value}; its default (${fallback}) is used.`,
        `Set ${setting} to a number from ${min} to ${max}.`,
      );
      return fallback;
    },
    oneOf(setting, allowed) {
      const value = settings.get(setting);
      const known = allowed.find((candidate) => candidate === value);
      if (known !== undefined) return known;
      const choices = allowed.map((choice) => JSON.stringify(choice)).join(', ');
      reject(
        setting,
        `${setting} is ${JSON.stringify(value.slice(0, 60))}.`,
        `Set ${setting} to one of ${choices}.`,
      );
      return allowed[0] as (typeof allowed)[number];
    },
    attributeSource(setting) {
      const text = settings.get(setting);
      if (!text.includes('#{')) return { kind: 'first', attributes: attributes(setting, false) };
      const names = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name.trim());
      checkAttributeNames(setting, names);
      if (text.replace(PLACEHOLDER, '').includes('#{')) {
        reject(
          setting,
          `${setting} has a "#{" without its "}".`,
          `Close every placeholder in ${setting}, as in #{givenName}.`,
        );
      }
      return { kind: 'template', text, attributes: names };
    },
    certificates(setting) {
      const text = settings.get(setting);
      const blocks = toPemBlocks(text);
      if (text.trim() !== '' && (blocks.length === 0 || !blocks.every(isCertificate))) {
        reject(
          setting,
          `${setting} holds no readable PEM certificate.`,
          `Paste the whole certificate chain into ${setting}, each from "-----BEGIN CERTIFICATE-----" ` +
            'to "-----END CERTIFICATE-----".',
        );
      }
      return blocks;
    },
  };
}

function toList(names: readonly string[]): string {
  return names
    .slice(0, 10)
    .map((name) => JSON.stringify(name.slice(0, 60)))
    .join(', ');
}

/** Splits a comma-separated setting; empty parts vanish. */
export function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
