import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const TRIES = 20;

/**
 * An address of the loopback network on which all these ports are free: for a server whose ports are fixed.
 */
export async function findFreeAddress(ports: readonly number[]): Promise<string> {
  let failure: unknown;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const address = `127.${randomInt(16, 250)}.${randomInt(1, 250)}.${randomInt(1, 250)}`;
    try {
      for (const port of ports) await listenOnce(port, address);
      return address;
    } catch (error) {
      failure = error;
    }
  }
  throw new Error(
    `No loopback address is free on port ${ports.join(' and ')}. Does a server listen there on all ` +
      'addresses (0.0.0.0)? Stop it.',
    { cause: failure },
  );
}

function listenOnce(port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, address, () => server.close(() => resolve()));
  });
}
