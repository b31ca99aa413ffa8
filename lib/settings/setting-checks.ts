import { changeTexts, toFinding } from '../findings/finding.js';
import { showInvisible } from '../invisible-characters.js';
import { createAttributeChecks, type AttributeChecks } from './attribute-checks.js';
import { createConcealer } from './conceal-secrets.js';
import { SETTINGS, type Choice, type ChoiceId } from './definitions.js';
import { createNumberChecks, type NumberChecks } from './number-checks.js';
import { findInvisibleSettings } from './invisible-settings.js';
import { isCertificate, toPemBlocks } from './pem-certificates.js';
import type { StringSetting, TellProblem } from './setting-types.js';
import type { SettingProblem, Settings } from './settings.js';
import { DIRECTORY_PARTS, sortWrongTypes } from './wrong-types.js';

/** Reads settings and collects what is wrong with them, so that every problem is reported at once. */
export interface SettingChecks extends NumberChecks, AttributeChecks {
  readonly problems: readonly SettingProblem[];
  /** What is wrong but has a safe default, which is used. */
  readonly warnings: readonly SettingProblem[];
  readonly reject: TellProblem;
  readonly warn: TellProblem;
  oneOf<Id extends ChoiceId>(setting: Id): Choice<Id>;
  certificates(setting: StringSetting): readonly string[];
}

export function createSettingChecks(settings: Settings): SettingChecks {
  const { problems, warnings } = sortWrongTypes(settings);
  const conceal = createConcealer(settings);
  const tell =
    (list: SettingProblem[]): TellProblem =>
    (setting, finding) =>
      void list.push({ setting, ...changeTexts(finding, (text) => showInvisible(conceal(text))) });
  const [warn, reject] = [tell(warnings), tell(problems)];
  problems.push(...findInvisibleSettings(settings, DIRECTORY_PARTS));

  return {
    problems,
    warnings,
    reject,
    warn,
    ...createNumberChecks(settings, { reject, warn }),
    ...createAttributeChecks(settings, reject),
    oneOf<Id extends ChoiceId>(setting: Id): Choice<Id> {
      const value: string = settings.get(setting);
      const allowed: readonly Choice<Id>[] = SETTINGS[setting].range;
      const known = allowed.find((candidate) => candidate === value);
      if (known !== undefined) return known;
      const choices = allowed.map((choice) => JSON.stringify(choice)).join(', ');
      const shown = JSON.stringify(value.slice(0, 60));
      reject(setting, toFinding('not-a-choice', { setting, value: shown, choices }));
      return allowed[0] as Choice<Id>;
    },
    certificates(setting) {
      const text = settings.get(setting);
      const blocks = toPemBlocks(text);
      if (text.trim() !== '' && (blocks.length === 0 || !blocks.every(isCertificate))) {
        reject(setting, toFinding('certificate-unreadable', { setting }));
      }
      return blocks;
    },
  };
}
