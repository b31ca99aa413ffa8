import type { ComponentChildren } from 'preact';
import type { Run } from '../api/answers.js';
import type { Certificate } from '../api/directory-answers.js';
import type { Status } from '../api/further-answers.js';
import { useTick } from '../data/use-tick.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';

interface Props {
  readonly status: Status;
  readonly runs: readonly Run[];
  /** The last one that has ended. */
  readonly sync: Run | undefined;
}

const A_MINUTE_MS = 60_000;

/** Which directory, how fresh, when next. */
export function Facts({ status, runs, sync }: Props) {
  const { t, time, age, number } = useWords();
  useTick(A_MINUTE_MS);
  const { lastSuccess, nextRunAt, schedule, autoLogout, directory } = status;
  const known = sync ? [...runs, sync] : runs;
  const server = known.find((run) => run.server)?.server;
  const read = known.find(
    ({ kind, state }) => kind === 'sync' && (state === 'completed' || state === 'held'),
  );
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t('health.facts')}</h2>
      <dl class="facts">
        <Fact name={t('health.directory')}>
          {server ? (
            <>
              <Text value={`${server.name}${server.version === undefined ? '' : ` ${server.version}`}`} />
              <span class="under muted mono">
                <Text value={`${server.host}:${server.port}`} />
              </span>
            </>
          ) : (
            t('health.directory.none')
          )}
        </Fact>
        {directory.certificate && <CertificateFact {...directory.certificate} />}
        <Fact name={t('health.people')}>{read ? number(read.counts.read) : t('state.unknown')}</Fact>
        <Fact name={t('health.lastGood')}>
          {lastSuccess ? (
            <>
              {age(lastSuccess.finishedAt)}
              <span class="under muted">{time(lastSuccess.finishedAt)}</span>
            </>
          ) : (
            t('health.never')
          )}
        </Fact>
        <Fact name={t('health.next')}>
          {nextRunAt === null ? (
            <>
              {t('health.next.none')}
              {!schedule.isStarted && <span class="under muted">{t('health.next.none.text')}</span>}
            </>
          ) : (
            <>
              {age(nextRunAt)}
              <span class="under muted">{time(nextRunAt)}</span>
            </>
          )}
        </Fact>
        <Fact name={t('health.autoLogout')}>{t(autoLogout.enabled ? 'health.on' : 'health.offShort')}</Fact>
      </dl>
    </section>
  );
}

/** What is to be done about it stands among what needs a human. */
function CertificateFact({ subject, validTo, daysLeft }: Certificate) {
  const { t, time } = useWords();
  return (
    <Fact name={t('health.certificate')}>
      {daysLeft < 0 ? t('health.certificate.ended') : t('health.certificate.days', { count: daysLeft })}
      <span class="under muted">{t('health.certificate.until', { time: time(validTo) })}</span>
      <span class="under muted mono">
        <Text value={subject} />
      </span>
    </Fact>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
