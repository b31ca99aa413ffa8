import type { SettingRow } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { SectionReportView } from './section-report.js';
import { TESTS, toRowsOf, toValueNow, type Section } from './sections.js';
import { SettingRowView } from './setting-row-view.js';
import type { Tests } from './use-tests.js';
import { useSettingWords } from './use-setting-words.js';
import { SettingsRefusal } from './settings-refusal.js';

interface Props {
  readonly section: Section;
  readonly rows: readonly SettingRow[];
  readonly tests: Tests;
}

/** A section: its test, what it is about, and its settings, the seldom ones folded. */
export function SectionView({ section, rows, tests }: Props) {
  const { s } = useSettingWords();
  const draft = useDraft();
  const isAd = toValueNow('LDAP_Server_Type', rows, draft.values) === 'ad';
  const { first, further } = toRowsOf(section, rows, isAd);
  const tested = TESTS[section];
  const isGoing = tested !== undefined && tests.going.includes(tested);
  const report = tested && tests.reports[tested];
  const isOpen = further.some(
    ({ setting }) =>
      Object.hasOwn(draft.values, setting) || draft.problems.some((one) => one.setting === setting),
  );
  return (
    <section aria-labelledby="section">
      <header class="list-head">
        <h2 id="section">{s(`section.${section}`)}</h2>
        {tested && (
          <button
            type="button"
            disabled={tests.isGoing}
            aria-busy={isGoing}
            onClick={() => tests.test([tested])}
          >
            {s(isGoing ? 'test.going' : 'test.these')}
          </button>
        )}
      </header>
      <p class="muted">{s(`section.${section}.text`)}</p>
      {tested && <SettingsRefusal error={tests.error} />}
      {tested && report && !isGoing && (
        <SectionReportView section={tested} reports={tests.reports} isOld={tests.isOld(tested)} rows={rows} />
      )}
      <ul class="setting-list">
        {first.map((row) => (
          <SettingRowView key={row.setting} row={row} />
        ))}
      </ul>
      {further.length > 0 &&
        (first.length === 0 ? (
          <ul class="setting-list">
            {further.map((row) => (
              <SettingRowView key={row.setting} row={row} />
            ))}
          </ul>
        ) : (
          <details open={isOpen}>
            <summary>{s('section.more', { count: further.length })}</summary>
            <ul class="setting-list">
              {further.map((row) => (
                <SettingRowView key={row.setting} row={row} />
              ))}
            </ul>
          </details>
        ))}
    </section>
  );
}
