import { aboutDe } from './about-de.js';
import { findingsDe } from './findings-de.js';
import { observationsDe } from './observations-de.js';
import type { ServerTexts } from './server-texts.js';

/** Loaded only by who opens these screens in German. */
export const germanTexts: ServerTexts = {
  about: aboutDe,
  findings: findingsDe,
  observations: observationsDe,
};
