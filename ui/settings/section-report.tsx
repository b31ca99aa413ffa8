import type { ComponentChildren } from 'preact';
import type { SettingProblem, SettingRow } from '../api/settings-answers.js';
import type { FactsOf, SectionReports, Tested } from '../api/test-answers.js';
import { Icon, type Tone } from '../shown/icon.js';
import { Text } from '../shown/text.js';
import { AccountFactsView } from './account-facts.js';
import { ConnectionFactsView } from './connection-facts.js';
import { GroupsFactsView } from './groups-facts.js';
import { MappingFactsView } from './mapping-facts.js';
import { PeopleFactsView } from './people-facts.js';
import { REPORT_TONES } from './section-menu.js';
import { EvidenceText } from './evidence-text.js';
import { useServerTexts } from './server-texts.js';
import { useSettingWords } from './use-setting-words.js';

interface Props {
  readonly section: Tested;
  readonly reports: SectionReports;
  /** The values have been changed since. */
  readonly isOld: boolean;
  readonly rows: readonly SettingRow[];
}

const VIEWS: { readonly [Name in Tested]: (facts: FactsOf[Name]) => ComponentChildren } = {
  connection: (facts) => <ConnectionFactsView facts={facts} />,
  account: (facts) => <AccountFactsView facts={facts} />,
  people: (facts) => <PeopleFactsView facts={facts} />,
  mapping: (facts) => <MappingFactsView facts={facts} />,
  groups: (facts) => <GroupsFactsView facts={facts} />,
};

/** What a test of a section has found out. */
export function SectionReportView({ section, reports, isOld }: Props) {
  const { s, named } = useSettingWords();
  const report = reports[section];
  if (!report) return null;
  const { state, problems, warnings, skipped, seen } = report;
  return (
    <section class={`report ${REPORT_TONES[state]}${isOld ? ' old' : ''}`} aria-labelledby="report">
      <h3 id="report" class="state">
        <Icon tone={REPORT_TONES[state]} />
        {named('report', state)}
      </h3>
      {isOld && <p class="small old-note">{s('test.old')}</p>}
      {skipped !== undefined && (
        <p>
          <EvidenceText evidence={{ because: skipped, ...(seen ? { seen } : {}) }} />
        </p>
      )}
      <Problems problems={problems} tone="bad" />
      <Problems problems={warnings} tone="warn" />
      {viewOf(section, reports)}
    </section>
  );
}

function viewOf<Name extends Tested>(section: Name, reports: SectionReports): ComponentChildren {
  const facts = reports[section]?.facts;
  return facts === undefined ? null : VIEWS[section](facts);
}

interface ProblemsProps {
  readonly problems: readonly SettingProblem[];
  readonly tone: Tone;
}

/** Things that are wrong, each with what to do and the setting to look at. */
export function Problems({ problems, tone }: ProblemsProps) {
  const { label } = useSettingWords();
  const { problem } = useServerTexts();
  if (problems.length === 0) return null;
  return (
    <ul class="found">
      {problems.map((one, index) => {
        const { setting } = one;
        const { reason, remedy, lang } = problem(one);
        return (
          <li key={index}>
            <Icon tone={tone} />
            <div>
              <p class="about">
                {label(setting)} <code>{setting}</code>
              </p>
              <p>
                <Text value={reason} lang={lang} />
              </p>
              <p class="remedy">
                <Text value={remedy} lang={lang} />
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
