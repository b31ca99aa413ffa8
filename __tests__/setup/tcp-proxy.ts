import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy on loopback that misbehaves when told to. */
export interface TcpProxy {
  readonly port: number;
  /** Everything the clients have sent, in the order it came. */
  sent(): Buffer;
  /** Bytes that have gone from the server to clients. */
  received(): number;
  /** Connections of clients that are open now. */
  openConnections(): number;
  close(): Promise<void>;
}

export interface TcpProxyOptions {
  readonly targetPort: number;
  /** Ends the connection once this many of the server's bytes have gone through. */
  readonly cutAfterBytes?: number;
  /** Goes silent once this many of the server's bytes have gone through; the connection stays open. */
  readonly stallAfterBytes?: number;
  /** Keeps what the server says back until this resolves. */
  readonly heldUntil?: Promise<void>;
  /** Says each thing the server says as this tells. */
  readonly distort?: (chunk: Buffer, receivedBefore: number) => Distorted;
}

export interface Distorted {
  /** What is passed on, in this order. */
  readonly chunks: readonly Buffer[];
  /** Between two of them. */
  readonly pauseMs?: number;
}

export async function startTcpProxy(options: TcpProxyOptions): Promise<TcpProxy> {
  const { targetPort, cutAfterBytes = Infinity, stallAfterBytes = Infinity, heldUntil } = options;
  const sent: Buffer[] = [];
  let received = 0;

  const server = await listen((client) => {
    const target = connect(targetPort, '127.0.0.1');
    client.on('data', (chunk: Buffer) => {
      sent.push(chunk);
      if (target.writable) target.write(chunk);
    });
    if (heldUntil) {
      target.pause();
      void heldUntil.then(() => target.resume());
    }
    const { distort } = options;
    let spoken: Promise<void> = Promise.resolve();
    const speak = async ({ chunks, pauseMs = 0 }: Distorted): Promise<void> => {
      for (const chunk of chunks) {
        if (client.destroyed) return;
        client.write(chunk);
        if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    target.on('data', (chunk: Buffer) => {
      if (distort) {
        const before = received;
        received += chunk.length;
        spoken = spoken.then(() => speak(distort(chunk, before)));
        return;
      }
      const passed = chunk.subarray(0, Math.max(0, Math.min(cutAfterBytes, stallAfterBytes) - received));
      received += passed.length;
      if (passed.length > 0 && !client.write(passed)) {
        target.pause();
        client.once('drain', () => target.resume());
      }
      if (received >= cutAfterBytes) client.destroySoon();
    });
    for (const [one, other] of [
      [client, target],
      [target, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  });
  return { ...server, sent: () => Buffer.concat(sent), received: () => received };
}

/** A server that answers as it likes. */
export interface RawServer {
  readonly port: number;
  openConnections(): number;
  close(): Promise<void>;
}

/** Listens on a loopback port (a free one, unless told which), and reads whatever comes. Sockets are destroyed on `close`. */
export async function listen(onConnection: (socket: Socket) => void, port = 0): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    onConnection(socket);
    // Who does not read never notices the end of a connection.
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    openConnections: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
