import { textOf } from '../data/form-text.js';
import type { Change } from '../api/answers.js';
import { useAction } from '../data/use-action.js';
import { useSession } from '../session/session-context.js';
import { ConfirmDialog } from '../shown/confirm-dialog.js';
import { useWords } from '../words/words.js';
import { toGroups } from './held-groups.js';
import type { Decided } from './held-outcome.js';

export type Verdict = 'approve' | 'reject';

interface Props {
  readonly verdict: Verdict;
  readonly runId: string;
  readonly rows: readonly Change[];
  /** False: about all that wait, whether or not they are shown. */
  readonly isPart: boolean;
  readonly close: () => void;
  readonly decided: (what: Decided) => void;
}

/** More than so many are decided by typing their number. */
const FEW = 10;
/** Most rows that one call may name. */
const MOST_NAMED = 3_000;
const MAIL = { few: undefined, all: true, none: false } as const;

/** Says once more what would happen to how many, by cause. */
export function DecisionDialog({ verdict, runId, rows, isPart, close, decided }: Props) {
  const { t, name, number } = useWords();
  const { server } = useSession();
  const { isGoing, error, act } = useAction();
  const isMailed =
    verdict === 'approve' && rows.some(({ kind }) => kind === 'deactivate' || kind === 'reactivate');

  async function decide(form: FormData): Promise<void> {
    const chosen = isPart ? { rows: rows.flatMap(({ id }) => id ?? []).slice(0, MOST_NAMED) } : {};
    const mail = MAIL[(textOf(form, 'mail') || 'few') as keyof typeof MAIL];
    let approval: string | undefined;
    const isDone = await act(async () => {
      if (verdict === 'reject') await server.reject({ runId, ...chosen });
      else
        ({ runId: approval } = await server.approve({
          runId,
          ...chosen,
          ...(mail === undefined ? {} : { mail }),
        }));
    });
    if (isDone) decided({ count: rows.length, ...(approval === undefined ? {} : { runId: approval }) });
  }

  return (
    <ConfirmDialog
      title={t(`held.${verdict}.title`, { count: rows.length })}
      confirm={t(`held.${verdict}`)}
      typed={rows.length > FEW ? rows.length : undefined}
      isGoing={isGoing}
      error={error}
      submit={(form) => void decide(form)}
      close={close}
    >
      <ul class="summary">
        {toGroups(rows).map(({ group, rows: of }) => (
          <li key={group}>
            <strong>{number(of.length)}</strong> {name('held.group', group)}
          </li>
        ))}
      </ul>
      <p>{t(`held.${verdict}.text`)}</p>
      {isMailed && (
        <label>
          {t('held.mail')}
          <select name="mail">
            {(['few', 'all', 'none'] as const).map((choice) => (
              <option key={choice} value={choice}>
                {t(`held.mail.${choice}`)}
              </option>
            ))}
          </select>
        </label>
      )}
    </ConfirmDialog>
  );
}
