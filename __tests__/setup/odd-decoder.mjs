// A decoder that does as the wanted size says, and gives a text instead of a picture.
import { Buffer } from 'node:buffer';
import { setInterval } from 'node:timers';

process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
const environment = () => JSON.stringify(process.env);
const ODDITIES = {
  // As a native decoder would, but on the thread that hears of the world.
  1: () => {
    for (;;);
  },
  2: () => process.kill(process.pid, 'SIGSEGV'),
  3: () => process.kill(process.pid, 'SIGKILL'),
  4: () => process.exit(1),
  5: () => new Promise(() => setInterval(() => undefined, 1_000)),
  6: environment,
  7: () => {
    process.send({ refused: 'crash', text: 'out of memory' });
    return new Promise(() => undefined);
  },
  8: () => {
    for (const nonsense of [null, [], 'x', 5, { image: 'many' }, { refused: '__proto__', text: {} }])
      process.send(nonsense);
    return new Promise(() => undefined);
  },
  9: () => {
    process.stdout.write(Buffer.alloc(20 * 1024 * 1024));
    return new Promise(() => undefined);
  },
  10: () => process.kill(process.pid, 'SIGSTOP'),
};
process.on('message', async ({ bytes, size }) => {
  for await (const chunk of process.stdin.iterator({ destroyOnReturn: false })) {
    bytes -= chunk.length;
    if (bytes <= 0) break;
  }
  const text = Buffer.from((await ODDITIES[size]?.()) ?? String(process.pid));
  process.stdout.write(text);
  process.send({ image: text.length });
});
process.send({ ready: true });
