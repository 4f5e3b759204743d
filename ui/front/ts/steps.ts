// [data-steps] on a phone: one question a screen. The server sends all of them; this only hides the others, so every
// answer is in the form all the time and going back loses nothing. Without the script they stand on one page.

const phone = window.matchMedia('(max-width: 719px)');
let at: string | undefined;

function button(words: string, kind: string, go: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = kind;
  made.textContent = words;
  made.addEventListener('click', go);
  return made;
}

function show(group: HTMLElement, steps: HTMLElement[], place: number, focus: boolean): void {
  at = steps[place]?.dataset.step;
  steps.forEach((step, i) => (step.hidden = i !== place));
  const last = place === steps.length - 1;
  for (const end of group.querySelectorAll<HTMLElement>('[data-step-end]')) end.hidden = !last;
  group.querySelector('.step-nav')?.remove();
  const nav = document.createElement('div');
  nav.className = 'step-nav';
  const said = document.createElement('p');
  said.className = 'step-place';
  said.setAttribute('role', 'status');
  said.textContent = `第 ${place + 1} 题，共 ${steps.length} 题`;
  nav.append(said);
  if (place > 0) nav.append(button('上一题', 'btn', () => show(group, steps, place - 1, true)));
  if (!last) nav.append(button('下一题', 'btn btn-main', () => show(group, steps, place + 1, true)));
  steps[place]?.after(nav);
  if (!focus) return;
  steps[place]?.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')?.focus({ preventScroll: true });
  group.scrollIntoView({ block: 'start' });
}

function arrange(): void {
  for (const group of document.querySelectorAll<HTMLElement>('[data-steps]')) {
    const steps = [...group.querySelectorAll<HTMLElement>('[data-step]')];
    if (!phone.matches || steps.length < 2) {
      group.querySelector('.step-nav')?.remove();
      for (const part of group.querySelectorAll<HTMLElement>('[data-step], [data-step-end]')) part.hidden = false;
      continue;
    }
    const wrong = steps.findIndex((step) => step.querySelector('[aria-invalid], .field-wrong'));
    const known = steps.findIndex((step) => step.dataset.step === at);
    show(group, steps, known >= 0 ? known : Math.max(0, wrong), false);
  }
}

// A link of the error summary leads to a question that may be hidden.
document.addEventListener(
  'click',
  (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('[data-errors] a');
    const step = link && document.getElementById(decodeURIComponent(link.hash.slice(1)))?.closest<HTMLElement>('[data-step]');
    if (!step?.hidden) return;
    at = step.dataset.step;
    arrange();
  },
  true,
);
document.addEventListener('htmx:after:swap', arrange);
phone.addEventListener('change', arrange);
arrange();
