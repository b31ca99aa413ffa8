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

/** One timer for a whole connection: a touch costs no more than reading a clock. */
export function createWatchdog(onSilence: (silentMs: number) => void): Watchdog {
  let timer: NodeJS.Timeout | undefined;
  let limitMs = 0;
  let touchedAt = 0;
  let isSuspended = false;

  function check(): void {
    const leftMs = touchedAt + limitMs - performance.now();
    if (leftMs > 0) {
      timer = setTimeout(check, Math.ceil(leftMs));
    } else {
      timer = undefined;
      onSilence(limitMs);
    }
  }

  function arm(silentMs: number): void {
    disarm();
    limitMs = silentMs;
    touchedAt = performance.now();
    timer = setTimeout(check, silentMs);
  }

  function disarm(): void {
    clearTimeout(timer);
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
