import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as surface from '../lib/index.js';

const ROOT = join(__dirname, '..');

describe('the router of the operator, which asks for nothing', () => {
  it('is no part of the surface of the package', () => {
    expect(Object.keys(surface)).not.toContain('composeOperator');
    const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { exports: object };
    expect(JSON.stringify(exports)).not.toMatch(/compose-operator|\*/);
  });

  it('is imported by the session on the database only, and so not by the sidecar', () => {
    const importers = ['cli', 'lib', 'routes', 'models', 'client', 'ui']
      .flatMap((room) =>
        readdirSync(join(ROOT, room), { recursive: true }).map((file) => join(room, String(file))),
      )
      .filter((file) => /\.tsx?$/.test(file))
      .filter((file) => readFileSync(join(ROOT, file), 'utf8').includes("/compose-operator.js'"));
    expect(importers).toEqual(['cli/session/database-session.ts']);
  });
});
