import type { GivenValue, GivenValues, HistoryEntry } from '../api/settings-answers.js';

interface Former {
  readonly values: GivenValues;
  /** What they were is kept nowhere. */
  readonly secrets: readonly string[];
}

/** What was before the oldest of the changes, by setting; `null`: the default. The newest comes first. */
export function toFormer(entries: readonly HistoryEntry[]): Former {
  const values: Record<string, GivenValue> = {};
  const secrets = new Set<string>();
  for (const { changes } of entries)
    for (const { setting, isSecret, from } of changes)
      if (isSecret) secrets.add(setting);
      else values[setting] = toGiven(from);
  return { values, secrets: [...secrets] };
}

function toGiven(value: unknown): GivenValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
