import { useState } from 'preact/hooks';
import type { ApiError } from '../../client/index.js';
import type { GivenValues, SettingRow } from '../api/settings-answers.js';
import type { SectionReports, Tested } from '../api/test-answers.js';
import { useDraft } from '../draft/draft.js';
import { useSession } from '../session/session-context.js';
import { useAnnounce } from '../shell/announcer.js';
import { useDraftCall } from './use-draft-call.js';
import { useSettingWords } from './use-setting-words.js';

export interface Tests {
  readonly reports: SectionReports;
  readonly isGoing: boolean;
  /** What is being tested. */
  readonly going: readonly Tested[];
  readonly error: ApiError | undefined;
  readonly test: (sections: readonly Tested[]) => void;
  /** Whether the values were others when it was tested. */
  readonly isOld: (section: Tested) => boolean;
}

/** Tests of the sections with the draft; what was found stays until it is tested again. */
export function useTests(rows: readonly SettingRow[]): Tests {
  const { server } = useSession();
  const { s } = useSettingWords();
  const draft = useDraft();
  const announce = useAnnounce();
  const { isGoing, error, call } = useDraftCall();
  const [reports, setReports] = useState<SectionReports>({});
  const [made, setMade] = useState<Partial<Record<Tested, string>>>({});
  const [going, setGoing] = useState<readonly Tested[]>([]);
  const marker = toMarker(draft.values);

  function test(sections: readonly Tested[]): void {
    setGoing(sections);
    void call(async (values) => {
      const answer = await server.test({ sections, settings: toTried(values, rows) });
      const now = toMarker(values);
      setReports((before) => ({ ...before, ...answer.sections }));
      setMade((before) => ({ ...before, ...Object.fromEntries(sections.map((one) => [one, now])) }));
      const failed = sections.filter((one) => answer.sections[one]?.state === 'failed').length;
      announce(failed === 0 ? s('test.done') : s('test.failed', { count: failed }));
    }).finally(() => setGoing([]));
  }

  return { reports, isGoing, going, error, test, isOld: (section) => made[section] !== marker };
}

/** Of settings that are saved nothing can be tested while LDAP is off, so that it is tried with LDAP on. */
export function toTried(values: GivenValues, rows: readonly SettingRow[]): GivenValues | undefined {
  if (Object.keys(values).length > 0) return values;
  const isOff = rows.some(({ setting, value }) => setting === 'LDAP_Enable' && value !== true);
  return isOff ? { LDAP_Enable: true } : undefined;
}

function toMarker(values: GivenValues): string {
  return JSON.stringify(Object.entries(values).sort(([one], [other]) => one.localeCompare(other)));
}
