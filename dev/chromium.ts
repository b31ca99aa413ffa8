import { findProgram } from './find-program.js';

/** What Chromium is called where it is installed. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of a Chromium; `undefined`: none is installed. */
export function findChromium(): string | undefined {
  return process.env.CHROMIUM ?? NAMES.map(findProgram).find((path) => path !== undefined);
}

/** Why no page can be looked at here; `undefined`: it can. */
export function findChromiumLack(): string | undefined {
  return findChromium() === undefined
    ? 'CHROMIUM IS NOT INSTALLED. Install it: apt-get install chromium'
    : undefined;
}
