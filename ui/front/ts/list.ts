// The desk's keys: j and k walk the rows of [data-list], Enter opens the row, / goes to the search box.
// The row's own first link takes the focus, so Enter, screen readers and "open in a new tab" need nothing from us.

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function rows(): HTMLTableRowElement[] {
  return [...document.querySelectorAll<HTMLTableRowElement>('[data-list] tbody tr')].filter((row) => row.querySelector('a[href]'));
}

function walk(step: number): void {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.contains(document.activeElement) || row.classList.contains('is-at'));
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
  all.forEach((row, i) => row.classList.toggle('is-at', i === next));
  const row = all[next];
  row?.querySelector<HTMLElement>('a[href]')?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
  if (event.key === 'Escape' && event.target instanceof HTMLElement && event.target.matches('[data-key="/"]')) {
    return event.target.blur();
  }
  if (typing(event.target)) return;
  if (event.key === '/') {
    const box = document.querySelector<HTMLInputElement>('[data-key="/"]');
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === 'j' || event.key === 'k') {
    walk(event.key === 'j' ? 1 : -1);
  }
});

// A click anywhere in a row opens it, unless the person is selecting words or means something else in the row.
document.addEventListener('click', (event) => {
  const target = event.target as Element;
  const row = target.closest<HTMLTableRowElement>('[data-list] tbody tr');
  if (!row || target.closest('a, button, input, label, select') || String(window.getSelection())) return;
  row.querySelector<HTMLAnchorElement>('a[href]')?.click();
});
