import { fillText, toParams, type FindingParams, type ValuesOf } from './finding-text.js';
import { OBSERVATIONS } from './texts/observations.js';

/** What was seen, as a closed list of stable codes, for translation. */
export type ObservationCode = keyof typeof OBSERVATIONS;
export const OBSERVATION_CODES = Object.keys(OBSERVATIONS) as [ObservationCode, ...ObservationCode[]];

/** One sentence about what was seen. */
export interface Observation {
  readonly code: ObservationCode;
  readonly params: FindingParams;
}

/** Sentences about what was seen: in English, and for translation one by one. */
export interface Evidence {
  readonly because: string;
  readonly seen: readonly Observation[];
}

export function toEvidence<Code extends ObservationCode>(
  code: Code,
  values: ValuesOf<(typeof OBSERVATIONS)[Code]>,
): Evidence {
  const params = toParams(values);
  return { because: fillText(OBSERVATIONS[code], params), seen: [{ code, params }] };
}

/** One after the other. */
export function joinEvidence(parts: readonly Evidence[]): Evidence {
  return {
    because: parts.map(({ because }) => because).join(' '),
    seen: parts.flatMap(({ seen }) => seen),
  };
}
