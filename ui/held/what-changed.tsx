import type { DirectoryServer, RunReport } from '../api/answers.js';
import type { Status } from '../api/further-answers.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';
import { useGoodBefore } from './good-before.js';
import { SettingsBetweenView, useSettingsBetween } from './settings-between.js';

interface Props {
  readonly run: RunReport;
  readonly status: Status | undefined;
}

/** What everybody asks first: is it the people who have changed, or what they are read from? */
export function WhatChanged({ run, status }: Props) {
  const { t, number, time } = useWords();
  const good = useGoodBefore(run, status?.lastSuccess);
  const between = useSettingsBetween(good.data?.startedAt, run.finishedAt);
  if (status === undefined || good.data === undefined) return null;
  const then = good.data;
  return (
    <section class="card changed" aria-labelledby="what-changed">
      <h2 id="what-changed">{t('held.changed')}</h2>
      {then ? (
        <dl class="facts">
          <div>
            <dt>{t('held.changed.entries')}</dt>
            <dd>
              <span class="muted">
                {t('held.changed.then')} {number(then.counts.read)}
              </span>{' '}
              → {t('held.changed.now')} <strong>{number(run.counts.read)}</strong>
            </dd>
          </div>
          <ServerFact then={then.server} now={run.server} />
          <div>
            <dt>{t('held.changed.settings')}</dt>
            <dd>
              <SettingsBetweenView {...between} />
            </dd>
          </div>
          <div>
            <dt>{t('health.lastGood')}</dt>
            <dd>
              <a href={`#/runs/${then._id}`}>{time(then.startedAt)}</a>
            </dd>
          </div>
        </dl>
      ) : (
        <p class="muted">{t('held.changed.noGood')}</p>
      )}
    </section>
  );
}

function ServerFact({ then, now }: { readonly then?: DirectoryServer; readonly now?: DirectoryServer }) {
  const { t } = useWords();
  const [before, after] = [then, now].map((one) => (one ? `${one.host}:${one.port}` : undefined));
  if (after === undefined) return null;
  return (
    <div>
      <dt>{t('held.changed.server')}</dt>
      <dd class="mono">
        {before !== undefined && before !== after && (
          <>
            <span class="muted">
              <Text value={before} />
            </span>{' '}
            →{' '}
          </>
        )}
        <Text value={after} />
        {before === after && <span class="muted plain"> {t('run.against.same')}</span>}
      </dd>
    </div>
  );
}
