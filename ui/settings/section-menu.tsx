import type { SettingRow } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { Icon, type Tone } from '../shown/icon.js';
import { SECTIONS, SCHEDULED, TESTS, toSectionOf, type Section } from './sections.js';
import type { Tests } from './use-tests.js';
import { useSettingWords } from './use-setting-words.js';

export const REPORT_TONES = {
  ok: 'good',
  warning: 'warn',
  failed: 'bad',
  skipped: 'off',
} as const satisfies Record<string, Tone>;

interface Props {
  readonly rows: readonly SettingRow[];
  readonly tests: Tests;
  readonly section: string;
  readonly text: string;
  readonly search: (text: string) => void;
}

/** The sections, how their last test went, and how many of their settings are changed. */
export function SectionMenu({ rows, tests, section, text, search }: Props) {
  const { s } = useSettingWords();
  return (
    <nav class="sections" aria-label={s('sections')}>
      <input
        type="search"
        value={text}
        maxLength={100}
        aria-label={s('search')}
        placeholder={s('search')}
        onInput={({ currentTarget: { value } }) => search(value)}
      />
      <ol>
        {SECTIONS.map((one) => (
          <li key={one}>
            <a
              href={`#/settings/${one}`}
              aria-current={text.trim() === '' && one === section ? 'page' : undefined}
              onClick={() => search('')}
            >
              {s(`section.${one}`)}
              <Marks section={one} rows={rows} tests={tests} />
            </a>
          </li>
        ))}
        <li>
          <a href="#/schedule">
            {s('section.schedule')} <span aria-hidden="true">→</span>
          </a>
        </li>
      </ol>
    </nav>
  );
}

function Marks({ section, rows, tests }: Pick<Props, 'rows' | 'tests'> & { readonly section: Section }) {
  const { s, named } = useSettingWords();
  const { values, problems } = useDraft();
  const own = (setting: string): boolean =>
    !SCHEDULED.includes(setting) &&
    rows.some((row) => row.setting === setting && toSectionOf(row) === section);
  const count = Object.keys(values).filter(own).length;
  const isWrong = problems.some((problem) => own(problem.setting));
  const tested = TESTS[section];
  const report = tested && !tests.isOld(tested) ? tests.reports[tested] : undefined;
  return (
    <span class="marks">
      {count > 0 && (
        <>
          <span class="badge" aria-hidden="true">
            {count}
          </span>
          <span class="unseen">, {s('draft.count', { count })}</span>
        </>
      )}
      {isWrong ? (
        <>
          <Icon tone="bad" />
          <span class="unseen">, {s('menu.wrong')}</span>
        </>
      ) : (
        report && (
          <>
            <Icon tone={REPORT_TONES[report.state]} />
            <span class="unseen">, {named('report', report.state)}</span>
          </>
        )
      )}
    </span>
  );
}
