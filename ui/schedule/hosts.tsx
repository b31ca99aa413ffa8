import type { Status } from '../api/further-answers.js';
import { useTick } from '../data/use-tick.js';
import { RunPlace } from '../shown/run-place.js';
import { useSettingWords } from '../settings/use-setting-words.js';

const A_SECOND_MS = 1_000;

/** Which run holds the right to write, how fresh its host is, and what waits behind it. */
export function Hosts({ status }: { readonly status: Status }) {
  const { s, t, name, age, number, shortTime } = useSettingWords();
  const { lease, running, queued, schedule } = status;
  const now = useTick(A_SECOND_MS, lease !== null);
  const isSilent = lease !== null && Date.parse(lease.expiresAt) < now;
  return (
    <section aria-labelledby="hosts" class="hosts">
      <h2 id="hosts">{s('hosts.title')}</h2>
      <p class="muted">{s('hosts.text')}</p>
      <dl class="facts">
        <div>
          <dt>{s('hosts.this')}</dt>
          <dd>{s(schedule.isStarted ? 'hosts.starts' : 'hosts.startsNot')}</dd>
        </div>
        <div>
          <dt>{s('hosts.lease')}</dt>
          <dd>
            {lease === null ? (
              s('hosts.free')
            ) : (
              <>
                <a href={`#/runs/${lease.runId}`}>
                  {running?.runId === lease.runId ? name('kind', running.kind) : s('hosts.run')}
                </a>
                {running?.runId === lease.runId && (
                  <>
                    {' '}
                    · {s('hosts.read', { count: running.counts.read })}
                    <span class="under">
                      <RunPlace run={running} />
                    </span>
                  </>
                )}
                <span class="under muted">
                  {isSilent
                    ? s('hosts.silent', { age: age(lease.expiresAt, now) })
                    : s('hosts.renewed', {
                        seconds: number(Math.ceil((Date.parse(lease.expiresAt) - now) / A_SECOND_MS)),
                      })}
                </span>
              </>
            )}
          </dd>
        </div>
        {running?.waitingFor && (
          <div>
            <dt>{s('hosts.waits')}</dt>
            <dd>{t('health.waitsFor', { time: shortTime(running.waitingFor.since) })}</dd>
          </div>
        )}
        {queued && (
          <div>
            <dt>{s('hosts.queued')}</dt>
            <dd>
              <a href={`#/runs/${queued.runId}`}>{age(queued.queuedAt)}</a>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
