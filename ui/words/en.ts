import { frame } from './en/frame.js';
import { health } from './en/health.js';
import { held } from './en/held.js';
import { names } from './en/names.js';
import { person } from './en/person.js';
import { runs } from './en/runs.js';

/** All words of the page, in English. The other languages have exactly these keys; a test compares the parameters. */
export const en = { ...frame, ...names, ...health, ...runs, ...held, ...person } as const;

export type WordKey = keyof typeof en;
