import type { Whereabouts } from '../api/answers.js';
import { useWords } from '../words/words.js';
import { Text } from './text.js';

/** What a run that goes is at, and on which host. */
export function RunPlace({ run: { phase, host } }: { readonly run: Whereabouts }) {
  const { t, name } = useWords();
  return (
    <>
      {phase !== undefined && name('phase', phase)}
      {phase !== undefined && host !== undefined && ' · '}
      {host !== undefined && <Text value={t('health.host', { host })} />}
    </>
  );
}
