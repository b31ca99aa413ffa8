import type { GivenValues } from '../api/settings-answers.js';
import { useDraft, type Plan } from '../draft/draft.js';
import { useSession } from '../session/session-context.js';
import { ConfirmDialog } from '../shown/confirm-dialog.js';
import { isPassword } from './is-password-wanted.js';
import { useDraftCall } from './use-draft-call.js';
import { useSettingWords } from './use-setting-words.js';

/** From so many on, a press is too little. */
const TYPED_FROM = 11;

interface Props {
  readonly plan: Plan;
  readonly removals: number;
  readonly close: () => void;
}

/** Saves the settings of a preview and does what it has shown. */
export function ApplyDialog({ plan, removals, close }: Props) {
  const { s } = useSettingWords();
  const { server } = useSession();
  const draft = useDraft();
  const { isGoing, error, call } = useDraftCall();

  async function apply(): Promise<void> {
    const { runId } = plan;
    const isDone = await call(async (secrets) => {
      const started = await server.apply({ runId, ...(Object.keys(secrets).length > 0 ? { secrets } : {}) });
      draft.setPlan({ ...plan, appliedBy: started.runId });
    }, toSecrets(plan.values));
    if (isDone) close();
  }

  return (
    <ConfirmDialog
      title={s('apply.title')}
      confirm={s('apply.confirm')}
      typed={removals >= TYPED_FROM ? removals : undefined}
      isGoing={isGoing}
      error={error}
      submit={() => void apply()}
      close={close}
    >
      <p>{s(removals > 0 ? 'apply.text' : 'apply.text.none', { count: removals })}</p>
      <p class="muted">{s('apply.sweep')}</p>
    </ConfirmDialog>
  );
}

/** The server keeps the passwords of a preview nowhere. */
function toSecrets(values: GivenValues): GivenValues {
  return Object.fromEntries(Object.entries(values).filter(([setting]) => isPassword(setting)));
}
