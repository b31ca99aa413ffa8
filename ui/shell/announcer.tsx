import { createContext, type ComponentChildren } from 'preact';
import { useCallback, useContext, useRef, useState } from 'preact/hooks';

type Announce = (text: string) => void;
const Context = createContext<Announce>(() => undefined);

/** Tells screen readers, politely and not more often than every few seconds; the last text wins. */
export function useAnnounce(): Announce {
  return useContext(Context);
}

const PAUSE_MS = 5_000;

export function Announcer({ children }: { readonly children: ComponentChildren }) {
  const [text, setText] = useState('');
  const last = useRef({ at: 0, timer: 0 });

  const announce = useCallback<Announce>((next) => {
    clearTimeout(last.current.timer);
    const wait = Math.max(0, last.current.at + PAUSE_MS - Date.now());
    last.current.timer = window.setTimeout(() => {
      last.current.at = Date.now();
      setText(next);
    }, wait);
  }, []);

  return (
    <Context.Provider value={announce}>
      {children}
      {/* There before its content: a region that comes with a text is not read. */}
      <div role="status" class="unseen">
        {text}
      </div>
    </Context.Provider>
  );
}
