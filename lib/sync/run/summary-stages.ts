import type { PipelineStage } from 'mongoose';

/** Only runs read these. */
export const INTERNAL = ['doubted', 'stateAttributes'];

/** A list of a report; an empty one where the record has none. */
export const toList = (field: string): object => ({ $cond: [{ $isArray: `$${field}` }, `$${field}`, []] });
export const COUNTS = {
  attentionCount: { $size: toList('attention') },
  problemCount: { $size: toList('problems') },
};
/** The lists stay in the database. */
export const SUMMARY: PipelineStage.FacetPipelineStage[] = [
  { $set: COUNTS },
  { $unset: ['attention', 'problems', ...INTERNAL] },
];
