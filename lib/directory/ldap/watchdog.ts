/** Notices silence. */
export interface Watchdog {
  /** From now on, `silentMs` without a touch is too long. */
  arm(silentMs: number): void;
  touch(): void;
  disarm(): void;
  /** Silence is our own doing for now. */
  suspend(): void;
  /** Ends `suspend`. Stays quiet when it was not armed, or was disarmed meanwhile. */
  wake(): void;
}

/** A socket that is being held up for a turn is read in the one after it. */
const CONFIRMING_TURNS = 2;

/** One timer for a whole connection: a touch costs no more than reading a clock. */
export function createWatchdog(onSilence: (silentMs: number) => void): Watchdog {
  let timer: NodeJS.Timeout | undefined;
  let immediate: NodeJS.Immediate | undefined;
  let limitMs = 0;
  let touchedAt = 0;
  let isSuspended = false;

  function check(): void {
    const leftMs = touchedAt + limitMs - performance.now();
    if (leftMs > 0) {
      timer = setTimeout(check, Math.ceil(leftMs));
    } else confirm(CONFIRMING_TURNS);
  }

  /** Our own process may have been busy: what has come meanwhile is read before it is called silence. */
  function confirm(turns: number): void {
    immediate = setImmediate(() => {
      if (touchedAt + limitMs > performance.now()) return check();
      if (turns > 1) return confirm(turns - 1);
      timer = undefined;
      onSilence(limitMs);
    });
  }

  function arm(silentMs: number): void {
    disarm();
    limitMs = silentMs;
    touchedAt = performance.now();
    timer = setTimeout(check, silentMs);
  }

  function disarm(): void {
    clearTimeout(timer);
    clearImmediate(immediate);
    timer = undefined;
    isSuspended = false;
  }

  return {
    arm,
    touch() {
      touchedAt = performance.now();
    },
    disarm,
    suspend() {
      if (timer === undefined) return;
      disarm();
      isSuspended = true;
    },
    wake() {
      if (isSuspended) arm(limitMs);
    },
  };
}
