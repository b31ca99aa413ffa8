import type { Outcome, RunState } from '../api/answers.js';
import { useWords } from '../words/words.js';
import { Icon, type Tone } from './icon.js';

const STATE_TONES: Readonly<Record<RunState, Tone>> = {
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
      <Icon tone={toStateTone(state)} />
      {name('runState', state)}
    </span>
  );
}

/** Outcomes that say that somebody has to look. */
const OUTCOME_TONES: Readonly<Record<Outcome, Tone>> = {
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

/** A later version of the server may have more states, and outcomes. */
export function toStateTone(state: string): Tone {
  return (STATE_TONES as Readonly<Partial<Record<string, Tone>>>)[state] ?? 'off';
}

export function toOutcomeTone(outcome: string): Tone {
  return (OUTCOME_TONES as Readonly<Partial<Record<string, Tone>>>)[outcome] ?? 'warn';
}
