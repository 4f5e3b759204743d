// A form with data-autosave posts itself a moment after the last change and says so in [data-saved].
// Answers are never lost to a dead line: it tries again when the line is back, and warns before the page is left.

const PAUSE = 1500;

type Draft = { timer: number; dirty: boolean; sending: boolean };
const drafts = new WeakMap<HTMLFormElement, Draft>();
const open = new Set<HTMLFormElement>();

function draftOf(form: HTMLFormElement): Draft {
  let draft = drafts.get(form);
  if (!draft) drafts.set(form, (draft = { timer: 0, dirty: false, sending: false }));
  return draft;
}

function say(form: HTMLFormElement, words: string, trouble = false): void {
  const place = form.querySelector<HTMLElement>('[data-saved]');
  if (!place) return;
  place.textContent = words;
  place.toggleAttribute('data-trouble', trouble);
}

function clock(): string {
  const now = new Date();
  return `${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`;
}

async function save(form: HTMLFormElement): Promise<void> {
  const draft = draftOf(form);
  const address = form.dataset.autosave;
  if (!address || !draft.dirty) return;
  if (draft.sending) return later(form);
  draft.sending = true;
  draft.dirty = false;
  try {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
    const answer = await fetch(address, { method: 'POST', body, headers: { 'X-Autosave': '1' } });
    if (answer.status === 401 || answer.redirected) {
      draft.dirty = true;
      say(form, '登录已过期，请点“保存并继续”重新登录，您填的内容会保留。', true);
    } else if (answer.status === 409) {
      // Another page has saved meanwhile. Which one counts is for the person to say, so it is not tried again.
      say(form, '这张表在另一个页面改过，请点保存核对。', true);
    } else if (!answer.ok) {
      throw new Error(String(answer.status));
    } else if (!draft.dirty) {
      open.delete(form);
      say(form, `已保存 ${clock()}`);
    }
  } catch {
    draft.dirty = true;
    say(form, '还没保存上，网络恢复后会自动再试。', true);
    window.setTimeout(() => void save(form), 15000);
  } finally {
    draft.sending = false;
  }
}

function later(form: HTMLFormElement): void {
  const draft = draftOf(form);
  window.clearTimeout(draft.timer);
  draft.timer = window.setTimeout(() => void save(form), PAUSE);
}

function changed(event: Event): void {
  const form = (event.target as Element | null)?.closest<HTMLFormElement>('form[data-autosave]');
  if (!form) return;
  draftOf(form).dirty = true;
  open.add(form);
  later(form);
}

document.addEventListener('input', changed);
document.addEventListener('change', changed);
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  open.delete(form);
  window.clearTimeout(drafts.get(form)?.timer);
});
window.addEventListener('online', () => open.forEach((form) => void save(form)));
document.addEventListener('visibilitychange', () => {
  // A phone may never come back to this page: send what is there before it sleeps.
  if (document.visibilityState === 'hidden') open.forEach((form) => void save(form));
});
window.addEventListener('beforeunload', (event) => {
  if (open.size) event.preventDefault();
});
