import type { Outcome, RunState } from '../api/answers.js';
import { useWords } from '../words/words.js';
import { Icon, type Tone } from './icon.js';

export const STATE_TONES: Readonly<Record<RunState, Tone>> = {
  queued: 'waiting',
  running: 'going',
  completed: 'good',
  held: 'waiting',
  failed: 'bad',
  cancelled: 'off',
  interrupted: 'warn',
};

export function RunStateMark({ state }: { readonly state: RunState }) {
  const { name } = useWords();
  return (
    <span class="state">
      <Icon tone={STATE_TONES[state] ?? 'off'} />
      {name('runState', state)}
    </span>
  );
}

/** Outcomes that say that somebody has to look. */
export const OUTCOME_TONES: Readonly<Record<Outcome, Tone>> = {
  created: 'good',
  updated: 'good',
  linked: 'good',
  unchanged: 'off',
  deactivated: 'waiting',
  reactivated: 'waiting',
  rejected: 'bad',
  conflicted: 'warn',
  failed: 'bad',
};
