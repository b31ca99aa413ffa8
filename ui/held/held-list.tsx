import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Held, RunReport } from '../api/answers.js';
import type { Status } from '../api/further-answers.js';
import { useLoad } from '../data/use-load.js';
import { useSession } from '../session/session-context.js';
import { LoadedView } from '../shown/loaded-view.js';
import { Blank } from '../shown/notice.js';
import { useWords } from '../words/words.js';
import { DecisionBar } from './decision-bar.js';
import { HeldGroupView } from './held-group-view.js';
import { isOpen, matches, toGroups } from './held-groups.js';
import { HeldOutcome, type Decided } from './held-outcome.js';
import { HeldReason } from './held-reason.js';
import { MOST_SHOWN, readWaiting, type HeldRows } from './read-waiting.js';
import { RejectedNext } from './rejected-next.js';
import { isRejectedStill } from './rejected.js';
import { WhatChanged } from './what-changed.js';

interface Props {
  readonly run: RunReport;
  readonly held: Held;
  readonly status: Status | undefined;
  readonly reload: () => void;
}

export function HeldList({ run, held, status, reload }: Props) {
  const { t } = useWords();
  const { server } = useSession();
  const [read, setRead] = useState(0);
  const [decided, setDecided] = useState<Decided>();
  const list = useLoad(`held ${run._id}`, (signal) =>
    readWaiting(server, { runId: run._id, signal }, setRead),
  );
  const open = list.data?.rows.filter(isOpen).length;
  const after = (what: Decided): void => {
    setDecided(what);
    list.reload();
    reload();
  };

  return (
    <article class="held">
      <HeldReason run={run} held={held} open={open} isWhole={list.data?.isWhole ?? true} />
      {decided && (
        <HeldOutcome
          key={decided.runId ?? decided.count}
          decided={decided}
          reload={() => {
            list.reload();
            reload();
          }}
        />
      )}
      {status && isRejectedStill(run, status) && (
        <section class="card" aria-label={t('held.next')}>
          <RejectedNext run={run} status={status} />
        </section>
      )}
      <WhatChanged run={run} status={status} />
      {held.approvable && (
        <>
          {!list.data && read > 0 && <p class="muted">{t('held.reading', { count: read })}</p>}
          <LoadedView loaded={list} lines={10}>
            {(rows) => <People run={run} list={rows} decided={after} />}
          </LoadedView>
        </>
      )}
    </article>
  );
}

interface PeopleProps {
  readonly run: RunReport;
  readonly list: HeldRows;
  readonly decided: (what: Decided) => void;
}

function People({ run, list: { rows, isWhole }, decided }: PeopleProps) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [text, setText] = useState('');
  const groups = useMemo(() => toGroups(rows.filter((row) => matches(row, text))), [rows, text]);
  const open = useMemo(() => rows.filter(isOpen), [rows]);
  // Who was decided about meanwhile is not chosen any more.
  useEffect(() => {
    const ids = new Set(open.map(({ id }) => id));
    setChosen((before) => new Set([...before].filter((id) => ids.has(id))));
  }, [open]);

  function choose(ids: readonly string[], isChosen: boolean): void {
    setChosen((before) => {
      const after = new Set(before);
      for (const id of ids) {
        if (isChosen) after.add(id);
        else after.delete(id);
      }
      return after;
    });
  }

  if (open.length === 0)
    return (
      <Blank tone="good" title={t('held.done')}>
        <p>
          <a href={`#/runs/${run._id}`}>{t('health.report')}</a>
        </p>
      </Blank>
    );
  return (
    <>
      <DecisionBar
        {...{ run, open, chosen, isWhole, text, setText, decided }}
        clear={() => setChosen(new Set())}
      />
      {!isWhole && <p class="notice warn">{t('held.tooLong', { count: MOST_SHOWN })}</p>}
      {groups.length === 0 && <Blank tone="off" title={t('held.filter.none')} />}
      {groups.map(({ group, rows: of }) => (
        <HeldGroupView key={group} group={group} rows={of} choice={{ chosen, choose }} />
      ))}
    </>
  );
}
