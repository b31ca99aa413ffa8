import { isAttributeName } from '../directory/filter/search-filter.js';
import { isSecretAttribute } from '../directory/secret-attributes.js';
import { createConcealer } from './conceal-secrets.js';
import { isCertificate, toPemBlocks } from './pem-certificates.js';
import { PLACEHOLDER } from './placeholder.js';
import {
  SETTINGS,
  type Choice,
  type ChoiceId,
  type NumberId,
  type SettingId,
  type SettingValue,
} from './definitions.js';
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
  /** A number out of the setting's range is a problem. */
  number(setting: NumberId): number;
  /**
   * Like `number`, but what is out of range (0, as when somebody means "off") only brings the default and a
   * warning.
   */
  numberOrDefault(setting: NumberId): number;
  /** Like `number`, but what is out of range becomes the nearest number in it. */
  nearest(setting: NumberId): number;
  oneOf<Id extends ChoiceId>(setting: Id): Choice<Id>;
  attributes(setting: StringSetting, required: boolean): readonly string[];
  attributeSource(setting: StringSetting): AttributeSource;
  certificates(setting: StringSetting): readonly string[];
}

type SettingOf<T> = { [Id in SettingId]: SettingValue<Id> extends T ? Id : never }[SettingId];
type StringSetting = SettingOf<string>;

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
    number(setting) {
      const { min, max } = SETTINGS[setting].range;
      const value = settings.get(setting);
      if (value < min || value > max) {
        reject(setting, `${setting} is ${value}.`, `Set ${setting} to a number from ${min} to ${max}.`);
      }
      return value;
    },
    numberOrDefault(setting) {
      const { min, max } = SETTINGS[setting].range;
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
    nearest(setting) {
      const { min, max } = SETTINGS[setting].range;
      return Math.min(max, Math.max(min, settings.get(setting)));
    },
    oneOf<Id extends ChoiceId>(setting: Id): Choice<Id> {
      const value: string = settings.get(setting);
      const allowed: readonly Choice<Id>[] = SETTINGS[setting].range;
      const known = allowed.find((candidate) => candidate === value);
      if (known !== undefined) return known;
      const choices = allowed.map((choice) => JSON.stringify(choice)).join(', ');
      reject(
        setting,
        `${setting} is ${JSON.stringify(value.slice(0, 60))}.`,
        `Set ${setting} to one of ${choices}.`,
      );
      return allowed[0] as Choice<Id>;
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
