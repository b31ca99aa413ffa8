import type { Clock } from '../clock.js';
import { describeQuietly } from '../directory/describe-quietly.js';
import type { ServerCertificate, ServerDescription } from '../directory/server-description.js';
import { judgeServerType } from '../settings/directory-server-type.js';
import { explainNobody } from '../survey/explain-nobody.js';
import { findFieldLacks, judgeFields } from '../survey/judge-fields.js';
import { judgeFirstLook } from '../survey/judge-first-look.js';
import { readShown, type Shown } from '../survey/shown-attributes.js';
import { createSurvey, type Survey } from '../survey/survey.js';
import type { AskedSettings } from './asked-settings.js';
import { canReadBase, NO_BASE, NOBODY } from './base-entry.js';
import { findPerson } from './find-person.js';
import { readNames } from './read-names.js';
import type { SettingsReport } from './settings-report.js';

/** So many are counted; beyond them it is only said that there are more. */
const COUNTED = 5_000;
const DAY_MS = 86_400_000;

/** Asks the directory everything that shows whether the settings are right. Changes nothing. */
export async function reportSettings(
  asked: AskedSettings,
  username: string | undefined,
): Promise<SettingsReport> {
  const { directory, signal, settings } = asked;
  const server = await describeQuietly(directory, signal);
  const isReadable = await canReadBase(asked);
  const survey = createSurvey(settings, { isFirstImport: true, isNamesOnly: true });
  const shown = isReadable ? await count(asked, survey) : undefined;
  const judged = shown ? await judge(asked, { survey, shown }) : { problems: [NO_BASE], warnings: [] };
  const mismatch = server && judgeServerType(server, settings.survey.serverType);
  return {
    ...(server ? toServer(server, asked.clock) : {}),
    base: { dn: settings.search.baseDN, isReadable },
    people: {
      count: Math.min(shown?.entries ?? 0, COUNTED),
      isMore: shown !== undefined && (shown.entries > COUNTED || !shown.isWhole),
      names: shown && shown.entries > 0 ? await readNames(asked) : [],
    },
    attributes: settings.survey.named.map((named) => ({
      setting: named.setting,
      attributes: named.attributes,
      having: survey.census.havingAny(named),
      of: survey.census.entries,
    })),
    problems: [...(mismatch ? [mismatch] : []), ...judged.problems],
    warnings: [...asked.parsedWarnings, ...judged.warnings],
    ...(isReadable && username !== undefined ? { person: await findPerson(asked, username) } : {}),
  };
}

function count({ directory, signal, settings }: AskedSettings, survey: Survey): Promise<Shown> {
  return readShown(directory, {
    query: settings.search,
    signal,
    atMost: COUNTED + 1,
    attributes: settings.survey.named.flatMap(({ attributes }) => attributes),
    visit: (entry) => survey.addEntries([entry]),
  });
}

async function judge(
  { directory, signal, settings }: AskedSettings,
  { survey, shown }: { readonly survey: Survey; readonly shown: Shown },
): Promise<Pick<SettingsReport, 'problems' | 'warnings'>> {
  if (shown.entries === 0)
    return { problems: [(await explainNobody(directory, settings, signal)) ?? NOBODY], warnings: [] };
  const { mistakes, warnings } = judgeFirstLook(survey, settings, shown);
  const fields = judgeFields(findFieldLacks(survey, settings), survey, shown);
  return { problems: [...mistakes, ...fields], warnings };
}

function toServer(
  { certificate, host, port, kind, name, version }: ServerDescription,
  clock: Clock,
): Pick<SettingsReport, 'server' | 'certificate'> {
  return {
    server: { host, port, kind, name, ...(version === undefined ? {} : { version }) },
    ...(certificate ? { certificate: toCertificate(certificate, clock) } : {}),
  };
}

function toCertificate(certificate: ServerCertificate, clock: Clock): SettingsReport['certificate'] {
  const { subject, issuer, validTo } = certificate;
  return { subject, issuer, validTo, daysLeft: Math.floor((+validTo - +clock()) / DAY_MS) };
}
