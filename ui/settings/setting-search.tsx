import type { SettingRow } from '../api/settings-answers.js';
import { Blank } from '../shown/notice.js';
import { SCHEDULED, toSectionOf } from './sections.js';
import { useServerTexts } from './server-texts.js';
import { SettingRowView } from './setting-row-view.js';
import { useSettingWords } from './use-setting-words.js';

interface Props {
  readonly rows: readonly SettingRow[];
  readonly text: string;
  readonly clear: () => void;
}

/** Settings of all sections by what they are called, their id, their meaning or their value. */
export function SettingSearch({ rows, text, clear }: Props) {
  const { s, label } = useSettingWords();
  const wanted = text.trim().toLowerCase().split(/\s+/);
  const texts = useServerTexts();
  const found = rows.filter((row) => {
    const { setting, about, value } = row;
    const shown = typeof value === 'string' ? value : '';
    const all = `${setting} ${label(setting)} ${about} ${texts.about(row).text} ${shown}`.toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
  if (found.length === 0)
    return (
      <Blank tone="off" title={s('search.none')}>
        <p>
          <button type="button" onClick={clear}>
            {s('search.clear')}
          </button>
        </p>
      </Blank>
    );
  return (
    <section aria-labelledby="section">
      <h2 id="section" role="status">
        {s('search.found', { count: found.length })}
      </h2>
      <ul class="setting-list">
        {found.map((row) =>
          SCHEDULED.includes(row.setting) ? (
            <li key={row.setting} class="setting">
              <div class="setting-name">
                <strong>{label(row.setting)}</strong>
                <code class="id">{row.setting}</code>
              </div>
              <div class="setting-value">
                <a href="#/schedule">{s('section.schedule')} →</a>
              </div>
            </li>
          ) : (
            <SettingRowView key={`${toSectionOf(row)} ${row.setting}`} row={row} />
          ),
        )}
      </ul>
    </section>
  );
}
