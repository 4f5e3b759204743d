// [data-print] prints the page it is on, everything unfolded. A button with it comes hidden, because without the script
// it could do nothing; a link with it leads, without the script, to a plain view for paper.

document.addEventListener('click', (event) => {
  const wish = (event.target as Element).closest<HTMLElement>('[data-print]');
  if (!wish) return;
  event.preventDefault();
  const folded = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')];
  for (const part of folded) part.open = true;
  window.print();
  for (const part of folded) part.open = false;
});

for (const button of document.querySelectorAll<HTMLElement>('[data-print][hidden]')) button.hidden = false;
