import { toFinding } from '../findings/finding.js';
import type { NamedAttributes, NamedPart } from '../settings/named-attributes.js';
import type { SettingProblem } from '../settings/settings.js';
import type { SyncSettings } from '../settings/sync-settings.js';
import { findLacks, isNeeded, type Lack } from './find-lacks.js';
import type { Shown } from './shown-attributes.js';
import type { Survey } from './survey.js';
import { isMisspelt, tellLack } from './tell-lack.js';

/** Of fewer people, all may lack a field by chance; an address and a name hardly anybody lacks. */
const FEW = 10;
const VERY_FEW = 3;
/** A field is said to have become rare when fewer than this share of those who had it still have it. */
const SHARE = 0.5;

/** What a part is called. */
const WORDS: Readonly<Partial<Record<NamedPart, string>>> = {
  name: 'a name',
  emails: 'an e-mail address',
  photo: 'a photo',
  sipExtension: 'a telephone extension',
  homeServer: 'a home server',
};

/** The settings of fields that a person may lack, and that nobody has. Pure. */
export function findFieldLacks(
  { census }: Pick<Survey, 'census'>,
  { survey: { named }, mapping }: Pick<SyncSettings, 'survey' | 'mapping'>,
): readonly Lack[] {
  const isWanted = ({ part, isDefault }: NamedAttributes): boolean => {
    // Addresses are made of the user names then.
    if (part === 'emails' && isDefault) return mapping.defaultDomain === '';
    return part === 'emails' || part === 'name' || !isDefault;
  };
  return findLacks(
    census,
    named.filter((one) => !isNeeded(one) && one.part !== 'search' && isWanted(one)),
  );
}

/** What is to be said of them. `shown`: which attributes the entries have. Pure. */
export function judgeFields(lacks: readonly Lack[], survey: Survey, shown: Shown): readonly SettingProblem[] {
  const { entries } = survey.census;
  return lacks
    .filter(
      (lack) => entries >= fewOf(lack) || survey.storedWith(lack.named.part) > 0 || isMisspelt(lack, shown),
    )
    .map((lack) => tellLack(lack, { entries, shown }));
}

function fewOf({ named: { part } }: Lack): number {
  return part === 'emails' || part === 'name' ? VERY_FEW : FEW;
}

/** The fields that far fewer entries have than users have them. Pure. */
export function findRareFields(
  { census, storedWith }: Survey,
  { survey: { named }, mapping }: Pick<SyncSettings, 'survey' | 'mapping'>,
): readonly SettingProblem[] {
  return named.flatMap((one) => {
    const what = WORDS[one.part];
    const [before, now] = [storedWith(one.part), census.havingAny(one)];
    const isBuilt = one.part === 'emails' && mapping.defaultDomain !== '';
    if (what === undefined || isBuilt || now === 0 || before < FEW || now >= before * SHARE) return [];
    const names = one.attributes.slice(0, 5).join(', ');
    const { setting } = one;
    const values = { setting, count: now, entries: census.entries, names, before, field: what };
    return { setting, ...toFinding('field-rare', values) };
  });
}
