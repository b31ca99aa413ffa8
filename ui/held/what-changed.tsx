import type { DirectoryServer, RunReport } from '../api/answers.js';
import type { SettingsChange, Status } from '../api/further-answers.js';
import { useLoad } from '../data/use-load.js';
import { useSession } from '../session/session-context.js';
import { Text } from '../shown/text.js';
import { useValueText } from '../shown/value-text.js';
import { useWords } from '../words/words.js';

interface Props {
  readonly run: RunReport;
  readonly status: Status | undefined;
}

/** What everybody asks first: is it the people who have changed, or what they are read from? */
export function WhatChanged({ run, status }: Props) {
  const { t, number, time } = useWords();
  const { server } = useSession();
  const goodId = status?.lastSuccess?.runId;
  const good = useLoad(`good ${goodId ?? ''}`, async (signal) =>
    goodId === undefined ? null : (await server.run({ runId: goodId, count: 1 }, { signal })).run,
  );
  const settings = useLoad('settings history', (signal) => server.settingsHistory({ signal }), {
    isAside: true,
  });
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
              {settings.data ? (
                <SettingsSince changes={settings.data.changes} since={then.startedAt} />
              ) : settings.error?.status === 403 ? (
                <span class="muted">{t('held.changed.settings.forbidden')}</span>
              ) : (
                <span class="muted">{t('state.loading')}</span>
              )}
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

interface SinceProps {
  readonly changes: readonly SettingsChange[];
  readonly since: string;
}

function SettingsSince({ changes, since }: SinceProps) {
  const { t, time } = useWords();
  const toText = useValueText();
  const newer = changes.filter(({ at }) => Date.parse(at) > Date.parse(since));
  if (newer.length === 0) return <span class="muted">{t('held.changed.settings.none')}</span>;
  return (
    <ul class="plain">
      {newer.map(({ _id, at, by, changes: of }) => (
        <li key={_id}>
          {of.map(({ setting, from, to }) => (
            <span key={setting} class="setting-change">
              <code>{setting}</code>{' '}
              {from !== undefined && (
                <del>
                  <Text value={toText('', from)} />
                </del>
              )}{' '}
              {to !== undefined && (
                <ins>
                  <Text value={toText('', to)} />
                </ins>
              )}
            </span>
          ))}
          <span class="muted small">
            {t('held.changed.settings.by', { who: by.username ?? by._id, time: time(at) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
