import type { TargetedKeyboardEvent } from 'preact';

/** The arrows go from person to person, through all groups; Enter goes to the decision. */
export function moveAlong(event: TargetedKeyboardEvent<HTMLElement>): void {
  const { target, key } = event;
  if (!(target instanceof HTMLInputElement) || target.type !== 'checkbox') return;
  if (key === 'Enter') {
    event.preventDefault();
    document.querySelector<HTMLElement>('.decision .approve')?.focus();
    return;
  }
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const boxes = [
    ...document.querySelectorAll<HTMLInputElement>('.held-table input[type="checkbox"]:enabled'),
  ];
  const next = boxes[boxes.indexOf(target) + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
