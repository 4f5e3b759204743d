// A form that saves itself with every answer may be sent while its last save is still on the way. It waits for that one:
// sent at once it would carry the version before, and the server would take it for another page's.

type Waiting = { form: HTMLFormElement; button: HTMLElement | null };
let saves = 0;
let waiting: Waiting | undefined;

document.addEventListener('htmx:before:request', () => (saves += 1));
document.addEventListener('htmx:finally:request', () => {
  saves = Math.max(0, saves - 1);
  // Another change may have queued up behind this save, and goes out first.
  window.setTimeout(send, 50);
});

function send(): void {
  if (saves > 0 || !waiting) return;
  const { form, button } = waiting;
  waiting = undefined;
  // The answer may have put another form in the place of the one that was sent.
  const now = form.isConnected ? form : document.querySelector<HTMLFormElement>(`form[action="${form.getAttribute('action')}"]`);
  now?.requestSubmit(button?.isConnected && now.contains(button) ? button : null);
}

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target as HTMLFormElement;
    if (saves === 0 || !form.matches('[hx-post], [hx-get]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = { form, button: event.submitter };
  },
  true,
);
