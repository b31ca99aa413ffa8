/** Writes docs/settings.md: `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toSettingsPage } from './settings-page.js';

writeFileSync(join(import.meta.dirname, '..', 'docs', 'settings.md'), toSettingsPage());
