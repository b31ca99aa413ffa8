import { useMemo, useState } from 'preact/hooks';
import type { Held, RunReport } from '../api/answers.js';
import type { Status } from '../api/further-answers.js';
import { useLoad } from '../data/use-load.js';
import { PreviewNext } from '../runs/preview-next.js';
import { useSession } from '../session/session-context.js';
import { LoadedView } from '../shown/loaded-view.js';
import { Blank } from '../shown/notice.js';
import { useWords } from '../words/words.js';
import { HeldGroupView } from './held-group-view.js';
import { matches, toGroups } from './held-groups.js';
import { HeldReason } from './held-reason.js';
import { MOST_SHOWN, readWaiting, type HeldRows } from './read-waiting.js';
import { WhatChanged } from './what-changed.js';

interface Props {
  readonly run: RunReport;
  readonly held: Held;
  readonly status: Status | undefined;
}

/** What a sync would hold, as a preview has shown it: to be looked at, not to be decided about. */
export function PreviewedList({ run, held, status }: Props) {
  const { server } = useSession();
  const list = useLoad(`held ${run._id}`, (signal) =>
    readWaiting(server, { runId: run._id, signal }, () => undefined),
  );
  return (
    <article class="held">
      <HeldReason run={run} held={held} open={undefined} isWhole />
      <PreviewNext run={run} />
      <WhatChanged run={run} status={status} />
      <LoadedView loaded={list} lines={10}>
        {(rows) => <People list={rows} />}
      </LoadedView>
    </article>
  );
}

function People({ list: { rows, isWhole } }: { readonly list: HeldRows }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const groups = useMemo(() => toGroups(rows.filter((row) => matches(row, text))), [rows, text]);
  return (
    <>
      <input
        type="search"
        value={text}
        maxLength={200}
        aria-label={t('held.filter')}
        placeholder={t('held.filter')}
        onInput={({ currentTarget: { value } }) => setText(value)}
      />
      {!isWhole && <p class="notice warn">{t('preview.tooLong', { count: MOST_SHOWN })}</p>}
      {groups.length === 0 && <Blank tone="off" title={t('held.filter.none')} />}
      {groups.map(({ group, rows: of }) => (
        <HeldGroupView key={group} group={group} rows={of} />
      ))}
    </>
  );
}
