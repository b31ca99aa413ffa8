import { z } from 'zod';

/** How the admin page is served. */
export interface PageOptions {
  /**
   * Where the router is mounted, as a browser sees it: a path such as `/chat/api/v1`, or one relative to the
   * page such as `../api/v1`. It has to be of the page's own origin. @default `/api/v1`
   */
  readonly api?: string;
  /** Other origins that may show the page in a frame, such as `https://intranet.example.org`. @default none */
  readonly frameAncestors?: readonly string[];
}

/** What a browser may be told: of another origin, or with a sign that ends an attribute, nothing is. */
const PATH = /^(?!\/\/)(?!\/?\.{0,2}\/\/)[\w./~%-]{1,200}$/;
const ORIGIN = /^https?:\/\/[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/;
const MOST_ANCESTORS = 20;

export const pageOptions = z
  .strictObject({
    api: z
      .string()
      .regex(PATH, 'must be a path of the page’s own origin, such as /api/v1 or ../api/v1')
      .optional(),
    frameAncestors: z
      .array(z.string().regex(ORIGIN, 'must be an origin, such as https://chat.example.org'))
      .max(MOST_ANCESTORS)
      .optional(),
  })
  .optional();
