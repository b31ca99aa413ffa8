import type { Run } from '../api/answers.js';
import type { Status } from '../api/further-answers.js';
import { useWords } from '../words/words.js';
import { useGoodBefore } from './good-before.js';
import { SettingsBetweenView, useSettingsBetween } from './settings-between.js';

interface Props {
  readonly run: Run;
  readonly status: Pick<Status, 'lastSuccess'>;
}

/** A rejection mends nothing: what a sync will do next, which change may be the cause, and the way back. */
export function RejectedNext({ run, status }: Props) {
  const { t } = useWords();
  const good = useGoodBefore(run, status.lastSuccess);
  const between = useSettingsBetween(good.data?.startedAt);
  const hasChanged = (between.changes?.length ?? 0) > 0;
  return (
    <div class="rejected-next">
      <p>{t('held.rejected.next')}</p>
      {good.data && (
        <>
          <p>{t('held.rejected.settings')}</p>
          <SettingsBetweenView {...between} />
        </>
      )}
      {hasChanged && (
        <p>
          <a class="button" href="#/settings/history">
            {t('held.rejected.back')}
          </a>
        </p>
      )}
    </div>
  );
}
