import { X509Certificate } from 'node:crypto';
import { createAttributeChecks, type AttributeChecks } from './attribute-checks.js';
import { createNumberChecks, type NumberChecks } from './number-checks.js';
import type { StringSetting, TellProblem } from './setting-types.js';
import type { SettingProblem, Settings } from './settings.js';
import { sortWrongTypes } from './wrong-types.js';

/** Reads settings and collects what is wrong with them, so that every problem is reported at once. */
export interface SettingChecks extends NumberChecks, AttributeChecks {
  readonly problems: readonly SettingProblem[];
  /** What is wrong but has a safe default, which is used. */
  readonly warnings: readonly SettingProblem[];
  readonly reject: TellProblem;
  readonly warn: TellProblem;
  oneOf<T extends string>(setting: StringSetting, allowed: readonly T[]): T;
  certificates(setting: StringSetting): readonly string[];
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

export function createSettingChecks(settings: Settings): SettingChecks {
  const { problems, warnings } = sortWrongTypes(settings);
  const warn: TellProblem = (setting, message, remedy) => void warnings.push({ setting, message, remedy });
  const reject: TellProblem = (setting, message, remedy) => void problems.push({ setting, message, remedy });

  return {
    problems,
    warnings,
    reject,
    warn,
    ...createNumberChecks(settings, { reject, warn }),
    ...createAttributeChecks(settings, reject),
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
    certificates(setting) {
      const text = settings.get(setting);
      const blocks = text.match(PEM_CERTIFICATE) ?? [];
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

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
