import { useEffect } from 'preact/hooks';
import type { RunKind, RunPhase } from '../api/answers.js';
import { useAnnounce } from '../shell/announcer.js';
import { useWords } from '../words/words.js';

/** Tells screen readers what a run that goes is at, each time that changes; `undefined`: nothing to tell. */
export function usePhaseTold(kind: RunKind, phase: RunPhase | undefined): void {
  const { t, name } = useWords();
  const announce = useAnnounce();
  useEffect(() => {
    if (phase !== undefined)
      announce(t('health.running.phase', { kind: name('kind', kind), phase: name('phase', phase) }));
  }, [kind, phase]);
}
