import type { Socket } from 'node:net';
import type { HeldSource } from './paced-reading.js';

/** A socket that is held up for two reasons, of which the end of one does not end the other. */
export interface HeldSockets extends HeldSource {
  /** Holds this one up without any need to say so to the watchdog. */
  forAMoment(socket: Socket): HeldSource;
}

/** `sockets`: those of one connection; the last one is read from. */
export function createHeldSockets(sockets: readonly Socket[]): HeldSockets {
  let isHeld = false;
  return {
    pause() {
      isHeld = true;
      sockets.at(-1)?.pause();
    },
    resume() {
      isHeld = false;
      sockets.at(-1)?.resume();
    },
    forAMoment: (socket) => ({
      pause: () => socket.pause(),
      resume() {
        if (!isHeld && socket === sockets.at(-1)) socket.resume();
      },
    }),
  };
}
