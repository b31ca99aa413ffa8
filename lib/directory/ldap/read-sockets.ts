import type { Socket } from 'node:net';
import { createMessageReader, type MessageSink } from '../wire/message-reader.js';
import { createHeldSockets } from './held-sockets.js';
import { createPacedReading } from './paced-reading.js';

/** The sockets of one connection (a second one comes with StartTLS), read by our own reader. */
export interface ReadSockets {
  add(socket: Socket): void;
  /** Puts our reader where ldapjs reads. ldapjs still gets every message that is not an entry. */
  takeOver(socket: Socket): void;
  pause(): void;
  resume(): void;
  /** Keeps a late error of a socket from ending the process. */
  mute(): void;
  destroy(): void;
}

const ignore = (): void => undefined;

export function createReadSockets(sink: MessageSink): ReadSockets {
  const sockets: Socket[] = [];
  const held = createHeldSockets(sockets);

  function mute(): void {
    for (const socket of sockets) socket.on('error', ignore);
  }

  return {
    add: (socket) => void sockets.push(socket),
    takeOver(socket) {
      const original = socket.listeners('data') as ((message: Buffer) => void)[];
      socket.removeAllListeners('data');
      const read = createMessageReader(sink, (message) => original.forEach((listen) => listen(message)));
      socket.on('data', createPacedReading(read, held.forAMoment(socket)));
    },
    pause: held.pause,
    resume: held.resume,
    mute,
    destroy() {
      mute();
      for (const socket of sockets) socket.destroy();
    },
  };
}
