import { toFinding } from '../findings/finding.js';
import type { SettingProblem } from '../settings/settings.js';
import type { SyncPolicy, SyncSettings } from '../settings/sync-settings.js';
import { findBetterId, isPoorId } from './better-id.js';
import { findLacks, isNeeded, type Lack } from './find-lacks.js';
import type { Shown } from './shown-attributes.js';
import type { Survey } from './survey.js';
import { isMisspelt, tellLack } from './tell-lack.js';

/** What has to be said before anybody is written. */
export interface FirstJudgement {
  /** Nothing may be written with these settings. */
  readonly mistakes: readonly SettingProblem[];
  readonly warnings: readonly SettingProblem[];
}

/** Of fewer entries, all may lack an attribute by chance. */
const FEW = 3;
const UNIQUE_ID = 'LDAP_Unique_Identifier_Field';

/** What is judged, and whom a run may write. */
type Judged = Pick<SyncSettings, 'survey'> & { readonly policy: Pick<SyncPolicy, 'syncUsers' | 'importNew'> };

/** The settings that name what people cannot be synced without, and no entry has. */
export function findNeededLacks(
  { census }: Pick<Survey, 'census'>,
  { survey, policy }: Judged,
): readonly Lack[] {
  const isUsed = ({ named: { part } }: Lack): boolean => part !== 'username' || policy.syncUsers;
  return findLacks(census, survey.named.filter(isNeeded)).filter(isUsed);
}

/** `shown`: which attributes the entries have, where something is lacking. Pure. */
export function judgeFirstLook(survey: Survey, settings: Judged, shown: Shown): FirstJudgement {
  const { entries } = survey.census;
  const mistakes: SettingProblem[] = [];
  const warnings: SettingProblem[] = [];
  for (const lack of findNeededLacks(survey, settings)) {
    // Linked users keep their names; only a new one would get a name that nobody has chosen.
    const isHarmless = lack.named.part === 'username' && !settings.policy.importNew;
    // What Rocket.Chat stores by itself is judged by the id that is found instead.
    const isUndecided = lack.named.part === 'id' && lack.named.isDefault;
    const isSure = entries >= FEW || isMisspelt(lack, shown);
    if (isUndecided) continue;
    (isSure && !isHarmless ? mistakes : warnings).push(tellLack(lack, { entries, shown }));
  }
  const isAboutIds = mistakes.some(({ setting }) => setting === UNIQUE_ID);
  const poor = isAboutIds ? undefined : findPoorId(survey, settings);
  if (poor) (poor.isDecided ? warnings : mistakes).push(poor.problem);
  return { mistakes, warnings };
}

/** Whether a first import would tell people apart by what is changed, or by less than the entries offer. */
function findPoorId(
  { isFirstImport, idAttributes, census }: Survey,
  { survey: { named } }: Pick<SyncSettings, 'survey'>,
): { readonly isDecided: boolean; readonly problem: SettingProblem } | undefined {
  if (!isFirstImport) return undefined;
  const better = findBetterId(census);
  const poor = [...idAttributes].filter((attribute) => isPoorId(attribute, better));
  if (poor.length === 0) return undefined;
  const setting = named.find(({ part }) => part === 'id');
  const isDecided = setting !== undefined && !setting.isDefault;
  return { isDecided, problem: toProblem(poor, better, isDecided) };
}

function toProblem(poor: readonly string[], better: string | undefined, isDecided: boolean): SettingProblem {
  const kind = isDecided ? 'id-changes' : 'id-undecided';
  const names = poor.join(', ');
  const finding =
    better === undefined ? toFinding(kind, { names }) : toFinding(`${kind}-but-another`, { names, better });
  return { setting: UNIQUE_ID, ...finding };
}
