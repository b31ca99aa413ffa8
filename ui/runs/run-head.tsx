import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { RunReport } from '../api/answers.js';
import { useTick } from '../data/use-tick.js';
import { isUnderWay } from '../data/use-run.js';
import { toPersonLink } from '../shell/route.js';
import { RunStateMark } from '../shown/run-state.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';
import { toAskedPerson } from './asked-person.js';
import { isPreview } from './is-preview.js';
import { PreviewNext } from './preview-next.js';
import { RevertDialog } from './revert-dialog.js';

/** What the run was, who asked for it, and what may be done about it now. */
export function RunHead({ run }: { readonly run: RunReport }) {
  const { t, name, time } = useWords();
  const [isReverting, setIsReverting] = useState(false);
  const { kind, state, startedAt, decision, partlyDecided = [], held } = run;
  const decisions = [...partlyDecided, ...(decision ? [decision] : [])];
  const isWaiting = state === 'held' && !decision && held?.approvable === true;
  return (
    <header class="run-head">
      <p>
        <a href="#/runs">← {t('run.back')}</a>
      </p>
      <div class="title">
        <h1>{t('run.title', { kind: name('kind', kind), time: time(startedAt) })}</h1>
        <RunStateMark state={state} />
      </div>
      <Meta run={run} />
      {isUnderWay(run) && <p class="live">{t('run.live')}</p>}
      {decisions.map(({ verdict, by, at, runId, rows }) => (
        <p key={at} class="muted">
          {t('run.decided', {
            verdict: name('run.verdict', verdict),
            who: by.username ?? by._id,
            time: time(at),
          })}
          {rows !== undefined && <> · {t('held.shown', { count: rows })}</>}
          {runId !== undefined && (
            <>
              {' '}
              · <a href={`#/runs/${runId}`}>{name('kind', 'approval')}</a>
            </>
          )}
        </p>
      ))}
      {isPreview(run) && (state === 'completed' || state === 'held') && <PreviewNext run={run} />}
      <p class="buttons">
        {isWaiting && (
          <a class={isPreview(run) ? 'button' : 'button primary'} href={`#/held/${run._id}`}>
            {t('health.decide')}
          </a>
        )}
        {isRevertible(run) && (
          <button type="button" onClick={() => setIsReverting(true)}>
            {t('run.revert')}
          </button>
        )}
      </p>
      {isReverting && <RevertDialog run={run} close={() => setIsReverting(false)} />}
    </header>
  );
}

/** Only what took something away can be taken back; the server has the last word. */
function isRevertible({ kind, state, counts, revertedBy }: RunReport): boolean {
  const isOfKind = kind === 'sync' || kind === 'approval' || kind === 'application';
  const tookAway = kind === 'approval' || counts.deactivated > 0 || counts.updated > 0;
  return isOfKind && state === 'completed' && tookAway && revertedBy === undefined;
}

function Meta({ run }: { readonly run: RunReport }) {
  const { t, duration, name } = useWords();
  const { requestedBy, startedAt, finishedAt, host, phase, server, of, revertedBy, unsaved } = run;
  const person = toAskedPerson(run);
  const now = useTick(1_000, finishedAt === undefined);
  const end = finishedAt === undefined ? now : Date.parse(finishedAt);
  return (
    <dl class="meta">
      <Item name={t('run.asked')}>
        {requestedBy._id === 'system' ? (
          t('by.system')
        ) : (
          <Text value={requestedBy.username ?? requestedBy._id} />
        )}
      </Item>
      <Item name={t('run.took')}>{duration(end - Date.parse(startedAt))}</Item>
      {host !== undefined && (
        <Item name={t('run.host')}>
          <Text value={host} />
        </Item>
      )}
      {phase !== undefined && (
        <Item name={t(isUnderWay(run) ? 'run.phase' : 'run.phase.last')}>{name('phase', phase)}</Item>
      )}
      {server && (
        <Item name={t('run.server')}>
          <Text value={`${server.name}${server.version === undefined ? '' : ` ${server.version}`}`} />{' '}
          <span class="muted mono">
            <Text value={`${server.host}:${server.port}`} />
          </span>
        </Item>
      )}
      {person && (
        <Item name={t('run.person')}>
          <a href={toPersonLink(person.by, person.text)}>
            <Text value={person.text} />
          </a>
        </Item>
      )}
      {of !== undefined && (
        <Item name={t('run.of')}>
          <a href={`#/runs/${of}`} class="mono">
            {of}
          </a>
        </Item>
      )}
      {revertedBy !== undefined && (
        <Item name={t('run.revertedBy')}>
          <a href={`#/runs/${revertedBy}`}>{name('kind', 'revert')}</a>
        </Item>
      )}
      {unsaved && (
        <Item name={t('run.unsaved')}>
          <Text value={unsaved.join(', ')} />
        </Item>
      )}
    </dl>
  );
}

function Item({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
