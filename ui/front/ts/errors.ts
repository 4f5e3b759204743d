// Errors come from the server, all at once. The summary takes the focus; each error goes away as soon as its field is
// touched, since the words may no longer be true. Whether the new value is right, the server says.

function clear(field: HTMLElement): void {
  field.classList.remove('field-wrong');
  field.querySelectorAll('[aria-invalid]').forEach((box) => box.removeAttribute('aria-invalid'));
  for (const words of field.querySelectorAll('.error')) words.remove();
  for (const box of field.querySelectorAll('[id]')) {
    document.querySelector(`[data-errors] a[href="#${CSS.escape(box.id)}"]`)?.closest('li')?.remove();
  }
  const summary = document.querySelector<HTMLElement>('[data-errors]');
  if (!summary) return;
  const left = summary.querySelectorAll('li').length;
  if (left === 0) summary.remove();
  else summary.querySelector('h2')!.textContent = `还有 ${left} 处需要改一下`;
}

document.addEventListener('input', (event) => {
  const field = (event.target as Element).closest<HTMLElement>('.field-wrong');
  if (field) clear(field);
});

// A link of the summary goes to the box itself, not only to its place.
document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('[data-errors] a');
  const box = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!box) return;
  event.preventDefault();
  box.closest<HTMLElement>('.field, .upload')?.scrollIntoView({ block: 'start' });
  box.focus({ preventScroll: true });
});

document.querySelector<HTMLElement>('[data-errors]')?.focus();
