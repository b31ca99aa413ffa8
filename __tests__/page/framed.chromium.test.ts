import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame } from 'playwright-core';
import { describePage, usePageStory } from '../setup/page-story.js';

describePage('a page of another origin that frames the admin page', () => {
  const story = usePageStory();
  let stranger: Server;

  beforeEach(async () => {
    const frame = `<h1>Stranger</h1><iframe src="${story.world().pageUrl}"></iframe>`;
    stranger = createServer((_request, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(frame),
    );
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => void stranger.close());

  it('gets nothing of it', async () => {
    const page = await story.open();
    // What the browser refuses is an error on its console, which is what is wanted here.
    page.removeAllListeners('console');
    const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
    await page.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);
    expect((await refused).text()).toContain("frame-ancestors 'self'");
    await page.waitForLoadState('networkidle');
    const [framed] = page.frames().filter((frame: Frame) => frame !== page.mainFrame());
    expect(framed?.url()).toMatch(/^chrome-error:/);
    expect(await framed?.evaluate("document.getElementById('page')")).toBeNull();
  });
});
