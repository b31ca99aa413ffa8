/** Notices silence. */
export interface Watchdog {
  /** From now on, `silentMs` without a touch is too long. */
  arm(silentMs: number): void;
  touch(): void;
  disarm(): void;
}

/** One timer for a whole connection: a touch costs no more than reading a clock. */
export function createWatchdog(onSilence: (silentMs: number) => void): Watchdog {
  let timer: NodeJS.Timeout | undefined;
  let limitMs = 0;
  let touchedAt = 0;

  function check(): void {
    const leftMs = touchedAt + limitMs - performance.now();
    if (leftMs > 0) timer = setTimeout(check, Math.ceil(leftMs));
    else onSilence(limitMs);
  }

  function disarm(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    arm(silentMs) {
      disarm();
      limitMs = silentMs;
      touchedAt = performance.now();
      timer = setTimeout(check, silentMs);
    },
    touch() {
      touchedAt = performance.now();
    },
    disarm,
  };
}
