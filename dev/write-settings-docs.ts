/** Writes docs/settings.md and docs/errors.md: `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toErrorsPage } from './errors-page.js';
import { toSettingsPage } from './settings-page.js';

const docs = join(import.meta.dirname, '..', 'docs');
writeFileSync(join(docs, 'settings.md'), toSettingsPage());
writeFileSync(join(docs, 'errors.md'), toErrorsPage());
