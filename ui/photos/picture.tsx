import { useEffect, useRef, useState } from 'preact/hooks';
import type { AskedPhoto } from '../api/server.js';
import { useSession } from '../session/session-context.js';
import { Text } from '../shown/text.js';
import { useWords } from '../words/words.js';
import { loadPicture } from './load-picture.js';
import './photos.css';

/** Loaded a little before it is scrolled to. */
const BEFORE_SIGHT = { rootMargin: '200px' } as const;

interface Props {
  readonly asked: AskedPhoto;
  /** What stands in its place until it is there, and where there is none. */
  readonly text: string;
}

/** A picture of a person, asked for when it comes into sight. */
export function Picture({ asked, text }: Props) {
  const { t } = useWords();
  const { server } = useSession();
  const place = useRef<HTMLSpanElement>(null);
  const [url, setUrl] = useState<string>();
  const key = JSON.stringify(asked);

  useEffect(() => {
    const gone = new AbortController();
    let made: string | undefined;
    const load = async (): Promise<void> => {
      const picture = await loadPicture((signal) => server.photo(asked, { signal }), gone.signal);
      if (!picture || gone.signal.aborted) return;
      made = URL.createObjectURL(picture);
      setUrl(made);
    };
    const sight = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      sight.disconnect();
      void load();
    }, BEFORE_SIGHT);
    if (place.current) sight.observe(place.current);
    return () => {
      gone.abort();
      sight.disconnect();
      setUrl(undefined);
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [key, server]);

  return (
    <span ref={place} class="picture">
      {url === undefined ? (
        <Text value={text} />
      ) : (
        <img
          src={url}
          alt={t(`value.photo.${asked.which}`)}
          title={text}
          width={64}
          height={64}
          onError={() => setUrl(undefined)}
        />
      )}
    </span>
  );
}
