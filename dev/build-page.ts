/** Builds the admin page into `dist/ui`; with `--if-stale` only where it is older than its sources. Called `npm run build:page`. */
import { buildPage, ensurePage } from './page-build.js';

await (process.argv.includes('--if-stale') ? ensurePage() : buildPage());
