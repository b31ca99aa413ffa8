import { useState } from 'preact/hooks';
import type { Proposal, SettingRow, Suggestion } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { useSession } from '../session/session-context.js';
import { useAnnounce } from '../shell/announcer.js';
import { Blank } from '../shown/notice.js';
import { Text } from '../shown/text.js';
import { ProposalRow } from './proposal-row.js';
import { Problems } from './section-report.js';
import { useDraftCall } from './use-draft-call.js';
import { useSettingWords } from './use-setting-words.js';
import { toTried } from './use-tests.js';
import { SettingsRefusal } from './settings-refusal.js';

/** Values that the directory itself proposes, each with what was seen; taken into the draft one by one or all. */
export function SuggestView({ rows }: { readonly rows: readonly SettingRow[] }) {
  const { s } = useSettingWords();
  const { server } = useSession();
  const draft = useDraft();
  const announce = useAnnounce();
  const { isGoing, error, call } = useDraftCall();
  const [found, setFound] = useState<Suggestion>();

  function ask(): void {
    void call(async (values) => {
      const suggestion = await server.suggest(toTried(values, rows));
      setFound(suggestion);
      announce(s('suggest.found', { count: toOpen(suggestion, draft.values).length }));
    });
  }

  return (
    <section aria-labelledby="section">
      <header class="list-head">
        <h2 id="section">{s('suggest.title')}</h2>
        <button
          type="button"
          class={found ? undefined : 'primary'}
          disabled={isGoing}
          aria-busy={isGoing}
          onClick={ask}
        >
          {s(isGoing ? 'suggest.going' : found ? 'suggest.again' : 'suggest.ask')}
        </button>
      </header>
      <p class="muted">{s('suggest.text')}</p>
      <SettingsRefusal error={error} />
      {found && !isGoing && <Found found={found} />}
    </section>
  );
}

function toOpen({ proposals }: Suggestion, values: Readonly<Record<string, unknown>>): readonly Proposal[] {
  return proposals.filter(({ setting, value, current }) => (values[setting] ?? current) !== value);
}

function Found({ found }: { readonly found: Suggestion }) {
  const { s } = useSettingWords();
  const draft = useDraft();
  const { looked, proposals, hints, needs, server } = found;
  const open = toOpen(found, draft.values);
  const takeAll = (): void =>
    draft.take(Object.fromEntries(open.map(({ setting, value }) => [setting, value])));
  return (
    <>
      <p>
        {server && (
          <Text value={`${server.name}${server.version === undefined ? '' : ` ${server.version}`} · `} />
        )}
        {s(looked.isMore ? 'suggest.lookedMore' : 'suggest.looked', { count: looked.people })}
      </p>
      <Problems problems={needs} tone="warn" />
      <Problems problems={hints} tone="warn" />
      {proposals.length === 0 ? (
        <Blank tone="off" title={s('suggest.none')} />
      ) : (
        <>
          <p class="buttons">
            <button type="button" class="primary" disabled={open.length === 0} onClick={takeAll}>
              {open.length === 0 ? s('suggest.nothing') : s('suggest.takeAll', { count: open.length })}
            </button>
          </p>
          <Proposals proposals={proposals} />
        </>
      )}
    </>
  );
}

function Proposals({ proposals }: { readonly proposals: readonly Proposal[] }) {
  const { s } = useSettingWords();
  return (
    <div class="wide">
      <table class="proposals">
        <caption class="unseen">{s('suggest.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{s('suggest.setting')}</th>
            <th scope="col">{s('suggest.value')}</th>
            <th scope="col">{s('suggest.why')}</th>
            <th scope="col">
              <span class="unseen">{s('suggest.take')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {proposals.map((one) => (
            <ProposalRow key={one.setting} proposal={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
