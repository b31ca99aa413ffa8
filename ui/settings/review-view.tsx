import type { SettingsPage } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { useSession } from '../session/session-context.js';
import { Blank } from '../shown/notice.js';
import { ApplicationView } from './application-view.js';
import { DraftList } from './draft-list.js';
import { PreviewView } from './preview-view.js';
import { Problems } from './section-report.js';
import { syncsAnybody } from './sections.js';
import { useDraftCall } from './use-draft-call.js';
import { useSave } from './use-save.js';
import { useSettingWords } from './use-setting-words.js';
import { SettingsRefusal } from './settings-refusal.js';

interface Props {
  readonly page: SettingsPage;
  readonly reload: () => void;
}

/** The changes, what they would do, and what became of them. */
export function ReviewView({ page, reload }: Props) {
  const { s } = useSettingWords();
  const draft = useDraft();
  const { plan } = draft;
  if (plan?.appliedBy !== undefined) return <ApplicationView runId={plan.appliedBy} reload={reload} />;
  if (draft.count === 0 && draft.isSaved) return <Saved />;
  if (draft.count === 0)
    return (
      <Blank tone="good" title={s('review.nothing')}>
        <p>{s('review.nothing.text')}</p>
      </Blank>
    );
  return <Review page={page} reload={reload} />;
}

function Saved() {
  const { s } = useSettingWords();
  return (
    <Blank tone="good" title={s('review.saved')}>
      <p>{s('review.saved.text')}</p>
      <p>
        <a class="button" href="#/">
          {s('review.saved.next')}
        </a>
      </p>
    </Blank>
  );
}

function Review({ page, reload }: Props) {
  const { s } = useSettingWords();
  const { server } = useSession();
  const draft = useDraft();
  const { isGoing, error, call } = useDraftCall();
  const saving = useSave(page, reload);
  const { plan } = draft;
  const isStale = plan !== undefined && JSON.stringify(plan.values) !== JSON.stringify(draft.values);
  const canPreview = syncsAnybody(page.settings, draft.values);

  const preview = (): void =>
    void call(async (values) => {
      const { runId } = await server.previewWith(values);
      draft.setPlan({ runId, values });
    });

  return (
    <section class="review" aria-labelledby="section">
      <header class="list-head">
        <h2 id="section">{s('review.title', { count: draft.count })}</h2>
        <button type="button" class="quiet" onClick={draft.discard}>
          {s('draft.discard')}
        </button>
        {canPreview && (
          <button
            type="button"
            class={plan && !isStale ? undefined : 'primary'}
            disabled={isGoing}
            aria-busy={isGoing}
            onClick={preview}
          >
            {s(plan ? 'review.again' : 'review.preview')}
          </button>
        )}
      </header>
      <DraftList rows={page.settings} />
      <Problems problems={draft.problems} tone="bad" />
      <SettingsRefusal error={error ?? saving.error} />
      {!canPreview && <p class="muted">{s('review.off')}</p>}
      {canPreview && !plan && <p class="muted">{s('review.text')}</p>}
      {isStale && (
        <p class="old-note" role="status">
          {s('review.stale')}
        </p>
      )}
      {plan && !isStale && (
        <PreviewView key={plan.runId} plan={plan} isWritable={page.isWritable} save={saving} />
      )}
      {!canPreview && (
        <p>
          <button
            type="button"
            class="primary"
            disabled={saving.isGoing || !page.isWritable}
            onClick={() => void saving.save()}
          >
            {s('draft.save')}
          </button>
        </p>
      )}
    </section>
  );
}
