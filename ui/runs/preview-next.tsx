import type { Run } from '../api/answers.js';
import { useAction } from '../data/use-action.js';
import { useDraft } from '../draft/draft.js';
import { useSession } from '../session/session-context.js';
import { useAnnounce } from '../shell/announcer.js';
import { Refusal } from '../shown/refusal.js';
import { useWords } from '../words/words.js';

/** A preview has written to nobody: what does what it has shown. */
export function PreviewNext({ run }: { readonly run: Run }) {
  const { t } = useWords();
  return (
    <section class="card" aria-label={t('held.next')}>
      <p>{t('preview.wroteNothing')}</p>
      {run.kind === 'preview' ? <Sync /> : <Apply run={run} />}
    </section>
  );
}

function Sync() {
  const { t } = useWords();
  const { server } = useSession();
  const announce = useAnnounce();
  const { isGoing, error, act } = useAction();
  const start = (): void =>
    void act(async () => {
      const { runId } = await server.sync();
      announce(t('health.started.sync'));
      location.hash = `#/runs/${runId}`;
    });
  return (
    <>
      <p class="buttons">
        <button type="button" class="primary" disabled={isGoing} aria-busy={isGoing} onClick={start}>
          {t('health.sync')}
        </button>
      </p>
      <Refusal error={error} />
    </>
  );
}

/** Only the page on which the settings were typed still has all of them, passwords among them. */
function Apply({ run: { _id } }: { readonly run: Run }) {
  const { t } = useWords();
  const { plan } = useDraft();
  if (plan?.runId !== _id) return <p class="muted">{t('preview.applyElsewhere', { run: _id })}</p>;
  return (
    <p class="buttons">
      <a class="button primary" href="#/settings/review">
        {t('preview.apply')}
      </a>
    </p>
  );
}
