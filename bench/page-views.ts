import type { Browser, Page } from 'playwright-core';
import type { PageWorld } from '../dev/page-world.js';

/** One screen, and what has to be seen of it before it says anything. */
export interface View {
  readonly name: string;
  readonly hash: string;
  readonly seen: string;
  /** Whether its list is scrolled through. */
  readonly isScrolled?: boolean;
}

export interface Seen {
  readonly name: string;
  readonly seenMs: number;
  /** From the server, with headers, when all has come. */
  readonly bytes: number;
  readonly calls: readonly Call[];
  readonly scroll?: Scroll;
}
export interface Call {
  readonly verb: string;
  readonly count: number;
  readonly longestMs: number;
}
export interface Scroll {
  readonly frames: number;
  readonly longestFrameMs: number;
  readonly longestTaskMs: number;
}

/** Opens a screen in a browser that has nothing of it yet. */
export async function lookAt(browser: Browser, world: PageWorld, view: View): Promise<Seen> {
  const context = await browser.newContext({ locale: 'en', viewport: { width: 1200, height: 820 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.addInitScript({ content: toWatch(world, view.seen) });
    const client = await context.newCDPSession(page);
    await client.send('Network.enable');
    let bytes = 0;
    client.on('Network.loadingFinished', ({ encodedDataLength }) => void (bytes += encodedDataLength));
    await page.goto(`${world.pageUrl}${view.hash}`);
    const seenMs = await page.evaluate<number>('window.whenSeen');
    await page.waitForLoadState('networkidle');
    const calls = await readCalls(page);
    const scroll = view.isScrolled ? { scroll: await scrollThrough(page) } : {};
    return { name: view.name, seenMs, bytes, calls, ...scroll };
  } finally {
    await context.close();
  }
}

/** Signs in as a chat server's own client is, and notes when the screen is drawn. */
function toWatch({ administrator, token }: PageWorld, selector: string): string {
  return `
    localStorage.setItem('Meteor.userId', ${JSON.stringify(administrator.userId)});
    localStorage.setItem('Meteor.loginToken', ${JSON.stringify(token)});
    window.whenSeen = new Promise((resolve) => {
      const look = () => {
        if (!document.querySelector(${JSON.stringify(selector)})) return requestAnimationFrame(look);
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      };
      look();
    });`;
}

async function readCalls(page: Page): Promise<readonly Call[]> {
  const entries = await page.evaluate<{ name: string; duration: number }[]>(
    "performance.getEntriesByType('resource').map(({ name, duration }) => ({ name, duration }))",
  );
  const calls = new Map<string, number[]>();
  for (const { name, duration } of entries) {
    const verb = /\/(ldap\.\w+)/.exec(name)?.[1];
    if (verb) calls.set(verb, [...(calls.get(verb) ?? []), duration]);
  }
  return [...calls].map(([verb, times]) => ({ verb, count: times.length, longestMs: Math.max(...times) }));
}

/** From top to bottom in steps of a screen, one a frame. */
function scrollThrough(page: Page): Promise<Scroll> {
  return page.evaluate<Scroll>(`new Promise((resolve) => {
    const tasks = [0];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask' });
    let frames = 0, longest = 0, before = performance.now();
    const step = (now) => {
      longest = Math.max(longest, now - before);
      before = now;
      frames += 1;
      const { scrollHeight } = document.documentElement;
      if (scrollY + innerHeight >= scrollHeight - 2 || frames > 2000)
        return setTimeout(() => resolve({ frames, longestFrameMs: longest, longestTaskMs: Math.max(...tasks) }), 100);
      scrollBy(0, innerHeight / 2);
      requestAnimationFrame(step);
    };
    requestAnimationFrame((now) => { before = now; requestAnimationFrame(step); });
  })`);
}
