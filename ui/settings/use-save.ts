import type { ApiError } from '../../client/index.js';
import type { SettingsPage } from '../api/settings-answers.js';
import { useDraft } from '../draft/draft.js';
import { useSession } from '../session/session-context.js';
import { useAnnounce } from '../shell/announcer.js';
import { useDraftCall } from './use-draft-call.js';
import { useSettingWords } from './use-setting-words.js';

interface Saving {
  readonly isGoing: boolean;
  readonly error: ApiError | undefined;
  readonly save: () => Promise<boolean>;
}

/** Saves the draft as it is, all or nothing. */
export function useSave({ revision }: Pick<SettingsPage, 'revision'>, reload: () => void): Saving {
  const { server } = useSession();
  const { s } = useSettingWords();
  const draft = useDraft();
  const announce = useAnnounce();
  const { isGoing, error, call } = useDraftCall();

  async function save(): Promise<boolean> {
    const isDone = await call((settings) => server.save({ settings, revision }));
    // The newest change may be somebody else's.
    reload();
    if (!isDone) return false;
    draft.saved();
    announce(s('draft.saved'));
    return true;
  }
  return { isGoing, error, save };
}
