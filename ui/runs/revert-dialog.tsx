import type { RunReport } from '../api/answers.js';
import { useAction } from '../data/use-action.js';
import { useSession } from '../session/session-context.js';
import { ConfirmDialog } from '../shown/confirm-dialog.js';
import { useWords } from '../words/words.js';

interface Props {
  readonly run: RunReport;
  readonly close: () => void;
}

/** Says what will and what will not come back, before it is taken back. */
export function RevertDialog({ run, close }: Props) {
  const { t } = useWords();
  const { server } = useSession();
  const { isGoing, error, act } = useAction();

  async function revert(): Promise<void> {
    let runId = '';
    const isDone = await act(async () => void ({ runId } = await server.revert(run._id)));
    if (!isDone) return;
    close();
    location.hash = `#/runs/${runId}`;
  }

  return (
    <ConfirmDialog
      title={t('run.revert.title')}
      confirm={t('run.revert')}
      isGoing={isGoing}
      error={error}
      submit={() => void revert()}
      close={close}
    >
      <p>{t('run.revert.comes')}</p>
      <p>{t('run.revert.stays')}</p>
    </ConfirmDialog>
  );
}
