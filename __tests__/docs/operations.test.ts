import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as promClient from 'prom-client';
import { silentLogger } from '../../lib/logger.js';
import { createRunEvents } from '../../lib/sync/run/run-events.js';
import { createSyncMetrics } from '../../lib/watch/metrics.js';
import { RUN_PHASES } from '../../models/run-report.js';
import { blockOf, readBlocks } from '../setup/page-blocks.js';

const text = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
const alerts = blockOf(readBlocks('docs/operations.md'), 'alerts.yaml');
const PREFIX = 'chat_ldap_sync_';

/** The registry of a host, as it is scraped before the first run. */
async function scrape(): Promise<string> {
  const registry = new promClient.Registry();
  const runs = { undecided: async () => undefined, newestAnswered: async () => undefined };
  createSyncMetrics({ events: createRunEvents(silentLogger), runs }, { client: promClient, registry });
  return registry.metrics();
}

describe('the metrics of docs/operations.md', () => {
  it('are those of the registry', async () => {
    const metrics = await scrape();
    const wanted = [...metrics.matchAll(/^# TYPE chat_ldap_sync_(\w+)/gm)].map(([, name]) => name);
    const table = text.slice(text.indexOf('| metric (`'), text.indexOf('### Alerts'));
    const cells = [...table.matchAll(/^\| (`[^|]+)\|/gm)].map(([, cell = '']) => cell);
    const named = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)[`{]/g)].map(([, name]) => name));
    expect(named.sort()).toEqual([...wanted].sort());
  });

  it('are named by the alerts as they are, with labels and values that are there', async () => {
    const metrics = await scrape();
    const used = [...alerts.matchAll(/(chat_ldap_sync_\w+)(?:\{([^}]*)\})?/g)];
    expect(used.length).toBeGreaterThan(6);
    for (const [, name = '', labels = ''] of used) {
      const series = metrics.split('\n').filter((line) => line.startsWith(name));
      expect({ name, known: series.length > 0 }).toEqual({ name, known: true });
      for (const [, label = '', values = ''] of labels.matchAll(/(\w+)=~?"([^"]*)"/g))
        for (const value of values.split('|'))
          expect(series.some((line) => line.includes(`${label}="${value}"`))).toBe(true);
    }
  });

  it('are told by alerts that have an expression and a summary each', () => {
    const names = [...alerts.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
    expect(new Set(names).size).toBe(8);
    expect(alerts.match(/^ {8}expr: /gm)).toHaveLength(8);
    expect(alerts.match(/^ {10}summary: [A-Z].*\.$/gm)).toHaveLength(8);
    expect(alerts.split(PREFIX).length).toBeGreaterThan(7);
  });
});

describe('the phases of docs/operations.md', () => {
  it('are those of a run, in their order', () => {
    const start = text.indexOf('### Where a run is');
    const section = text.slice(start, text.indexOf('\n## ', start));
    const cells = [...section.matchAll(/^\| (`[^|]+)\|/gm)].map(([, cell = '']) => cell);
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
    expect(named).toEqual([...RUN_PHASES]);
  });
});
