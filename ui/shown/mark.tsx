/** The sign of the page. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M9 12h12m-4-4 4 4-4 4M23 20H11m4-4-4 4 4 4" />
    </svg>
  );
}
