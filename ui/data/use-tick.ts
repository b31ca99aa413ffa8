import { useEffect, useState } from 'preact/hooks';

/** Draws again every `ms`, for what depends on the time of day; the time of now. */
export function useTick(ms: number, isOn = true): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => setNow(Date.now()), ms);
    return () => clearInterval(timer);
  }, [ms, isOn]);
  return now;
}
