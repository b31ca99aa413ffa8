import type { SettingsPage } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { Icon } from '../shown/icon.js';
import { DraftList } from './draft-list.js';
import { needsPreview, syncsAnybody } from './sections.js';
import { useSave } from './use-save.js';
import { useSettingWords } from './use-setting-words.js';
import { SettingsRefusal } from './settings-refusal.js';

interface Props {
  readonly page: SettingsPage;
  /** The changes are in front of the reader already. */
  readonly isReviewing?: boolean;
  readonly reload: () => void;
}

/** How many changes are not saved, and the way on: a preview where they may narrow who is synced, else saving. */
export function DraftBar({ page, isReviewing = false, reload }: Props) {
  const { s } = useSettingWords();
  const draft = useDraft();
  const { isGoing, error, save } = useSave(page, reload);
  const settings = Object.keys(draft.values);
  const isPreviewed = settings.some(needsPreview) && syncsAnybody(page.settings, draft.values);
  if (draft.count === 0)
    return (
      <div role="status">
        {draft.isSaved && !isReviewing && (
          <p class="saved">
            <Icon tone="good" /> {s('draft.saved')}
          </p>
        )}
      </div>
    );
  if (isReviewing) return null;
  return (
    <section class="draft-bar" aria-label={s('draft.title')}>
      <details>
        <summary>{s('draft.count', { count: draft.count })}</summary>
        <DraftList rows={page.settings} />
      </details>
      <div class="buttons">
        <button type="button" class="quiet" onClick={draft.discard}>
          {s('draft.discard')}
        </button>
        {isPreviewed ? (
          <a class="button primary" href="#/settings/review">
            {s('draft.review')}
          </a>
        ) : (
          <button
            type="button"
            class="primary"
            disabled={isGoing || !page.isWritable}
            aria-busy={isGoing}
            onClick={() => void save()}
          >
            {s('draft.save')}
          </button>
        )}
      </div>
      <SettingsRefusal error={error} />
    </section>
  );
}
