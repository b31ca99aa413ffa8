/** One sync in a process of its own, so that its memory and CPU are its own. Prints one line of JSON. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import mongoose from 'mongoose';
import { createLdapSync } from '../dist/lib/index.js';

const [, , mongoUrl] = process.argv;
const connection = await mongoose.createConnection(mongoUrl, { autoIndex: false }).asPromise();
const ldapSync = createLdapSync({ connection });
await ldapSync.ensureIndexes();

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const cpu = process.cpuUsage();
const start = performance.now();
const report = await ldapSync.sync();
const wallMs = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
delay.disable();

console.log(
  JSON.stringify({
    wallMs,
    cpuMs: (user + system) / 1000,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    // The histogram counts from one tick of its timer to the next; what is above the tick is delay.
    eventLoopP99Ms: Math.max(0, delay.percentile(99) / 1e6 - 5),
    state: report.state,
    counts: report.counts,
    problems: report.problems,
  }),
);
await connection.close();
