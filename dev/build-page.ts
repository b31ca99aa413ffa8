/** Builds the admin page into `dist/ui`. Called `npm run build:page`. */
import { buildPage } from './page-build.js';

await buildPage();
