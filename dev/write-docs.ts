/** Writes docs/settings.md, docs/errors.md and openapi.json: `npm run docs`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { toErrorsPage } from './errors-page.js';
import { toOpenapi, type Manifest } from './openapi.js';
import { toSettingsPage } from './settings-page.js';

const root = join(import.meta.dirname, '..');
writeFileSync(join(root, 'docs', 'settings.md'), toSettingsPage());
writeFileSync(join(root, 'docs', 'errors.md'), toErrorsPage());
const openapi = join(root, 'openapi.json');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const text = JSON.stringify(toOpenapi(manifest), null, 2);
writeFileSync(openapi, await format(text, { ...(await resolveConfig(openapi)), filepath: openapi }));
