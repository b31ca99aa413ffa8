import type { Status } from '../api/further-answers.js';
import type { SettingRow, SettingsPage } from '../api/settings-answers.js';
import { useLoad, type Loaded } from '../data/use-load.js';
import { useDraft } from '../draft/draft.js';
import { useSession } from '../session/session-context.js';
import { DraftBar } from '../settings/draft-bar.js';
import { SettingRowView } from '../settings/setting-row-view.js';
import { toValueNow } from '../settings/sections.js';
import { useSettingWords } from '../settings/use-setting-words.js';
import { AdviceText } from '../shown/advice-text.js';
import { Icon } from '../shown/icon.js';
import { LoadedView } from '../shown/loaded-view.js';
import { Blank } from '../shown/notice.js';
import { Hosts } from './hosts.js';
import { JobCard } from './job-card.js';
import { JOBS } from './jobs.js';
import { isTimeZone } from './next-times.js';

/** What is started when, in words and in times, and which host does it. */
export function ScheduleScreen({ status }: { readonly status: Loaded<Status> }) {
  const { server } = useSession();
  const { s } = useSettingWords();
  const settings = useLoad('settings', (signal) => server.settings({ signal }), { isAside: true });
  return (
    <div class="schedule">
      <h1>{s('schedule.title')}</h1>
      <LoadedView loaded={status} lines={8}>
        {(now) => (
          <>
            <Warnings status={now} />
            {settings.error?.status === 403 ? (
              <Blank tone="off" title={s('forbidden.title')}>
                <p>{s('forbidden.text')}</p>
              </Blank>
            ) : (
              <LoadedView loaded={settings} lines={8}>
                {(page) => (
                  <Jobs page={page} status={now} reload={() => (settings.reload(), status.reload())} />
                )}
              </LoadedView>
            )}
            <Hosts status={now} />
          </>
        )}
      </LoadedView>
    </div>
  );
}

/** What keeps the schedule from doing what it says, two hosts that do the same above all. */
function Warnings({ status: { schedule } }: { readonly status: Status }) {
  const { s } = useSettingWords();
  return (
    <>
      {!schedule.isStarted && (
        <div class="notice warn">
          <Icon tone="warn" />
          <p>
            {s('schedule.notStarted')} <span class="muted">{s('schedule.notStarted.text')}</span>
          </p>
        </div>
      )}
      {schedule.problems.map(({ message, remedy }) => (
        <div key={message} class="notice warn">
          <Icon tone="warn" />
          <AdviceText told={{ reason: message, remedy }} />
        </div>
      ))}
    </>
  );
}

interface JobsProps {
  readonly page: SettingsPage;
  readonly status: Status;
  readonly reload: () => void;
}

function Jobs({ page, status, reload }: JobsProps) {
  const { s } = useSettingWords();
  const draft = useDraft();
  const rows = page.settings;
  const named = toValueNow('LDAP_Sync_Time_Zone', rows, draft.values);
  const wanted = typeof named === 'string' ? named.trim() : '';
  const zone = wanted !== '' && isTimeZone(wanted) ? wanted : 'UTC';
  const row = (id: string): SettingRow | undefined => rows.find(({ setting }) => setting === id);
  const zoneRow = row('LDAP_Sync_Time_Zone');
  const isOff = toValueNow('LDAP_Enable', rows, draft.values) !== true;
  return (
    <>
      {isOff && (
        <div class="notice warn">
          <Icon tone="warn" />
          <p>
            {s('schedule.off')} <a href="#/settings/connection">{s('section.connection')}</a>
          </p>
        </div>
      )}
      <div class="jobs">
        {JOBS.map((job) => (
          <JobCard
            key={job.name}
            job={job}
            rows={rows}
            zone={zone}
            scheduled={status.schedule.jobs.find((one) => one.job === job.name)}
          />
        ))}
      </div>
      {zoneRow && (
        <ul class="setting-list">
          <SettingRowView row={zoneRow} />
        </ul>
      )}
      <DraftBar page={page} reload={reload} />
    </>
  );
}
