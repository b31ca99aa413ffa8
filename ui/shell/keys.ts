import { useEffect, useRef } from 'preact/hooks';

export const GO: Readonly<Record<string, string>> = {
  h: '#/',
  r: '#/runs',
  d: '#/held',
  p: '#/person',
  s: '#/settings',
  t: '#/schedule',
};

const PAIR_MS = 1_500;
const STORED = 'chat-ldap-sync.keys';

export function areKeysOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

export function switchKeys(isOn: boolean): void {
  try {
    localStorage.setItem(STORED, isOn ? 'on' : 'off');
  } catch {
    // Then they stay on.
  }
}

interface Keys {
  readonly search: () => void;
  readonly list: () => void;
}

/** Single keys: none while somebody types, in a dialog, with a modifier, or when they are switched off. */
export function useKeys({ search, list }: Keys): void {
  const went = useRef(0);
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector('dialog[open], .over') || !areKeysOn()) return;
      const isSecond = Date.now() - went.current < PAIR_MS;
      went.current = event.key === 'g' ? Date.now() : 0;
      const goal = isSecond ? GO[event.key] : undefined;
      if (goal !== undefined) location.hash = goal;
      else if (event.key === '/') search();
      else if (event.key === '?') list();
      else return;
      event.preventDefault();
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [search, list]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio';
  return (
    target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}
