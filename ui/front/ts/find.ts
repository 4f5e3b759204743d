// [data-find]: the search box as a combobox with a list (WAI-ARIA: editable combobox, list autocomplete, manual selection).
// The server sends the list; arrows walk it, Enter opens what is chosen or searches, Esc puts it away. The focus stays in
// the box, so nothing is lost by looking. Without this file the box is a form like any other.

const WAIT = 120;

class Find {
  private readonly list: HTMLUListElement;
  private readonly told: HTMLElement;
  private at = -1;
  private asked = '';
  private timer = 0;
  private under?: AbortController;

  constructor(private readonly form: HTMLFormElement, private readonly box: HTMLInputElement) {
    this.list = document.createElement('ul');
    this.list.className = 'find-list';
    this.list.id = `${box.id}-list`;
    this.list.hidden = true;
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', '可能要办的事');
    this.told = document.createElement('span');
    this.told.className = 'hidden';
    this.told.setAttribute('role', 'status');
    form.append(this.list, this.told);
    box.setAttribute('role', 'combobox');
    box.setAttribute('aria-autocomplete', 'list');
    box.setAttribute('aria-haspopup', 'listbox');
    box.setAttribute('aria-controls', this.list.id);
    box.setAttribute('aria-expanded', 'false');
    box.addEventListener('input', () => this.later());
    box.addEventListener('focus', () => box.value.trim() === '' && this.later());
    box.addEventListener('keydown', (event) => this.key(event));
    box.addEventListener('blur', () => this.close());
    // Before the box loses the focus, which would put the list away.
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => this.open(this.options().indexOf((event.target as Element).closest<HTMLElement>('[role=option]')!)));
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>('[role=option]')];
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), WAIT);
  }

  private async ask(): Promise<void> {
    const words = this.box.value.trim();
    this.under?.abort();
    this.under = new AbortController();
    try {
      const answer = await fetch(`/search/suggest?${this.wish()}`, { signal: this.under.signal, credentials: 'same-origin' });
      if (!answer.ok) return this.close();
      const text = await answer.text();
      // Somebody typed on, or left, while it was under way.
      if (words !== this.box.value.trim() || document.activeElement !== this.box) return;
      this.list.innerHTML = text;
      this.asked = words;
      this.choose(-1);
      const count = this.options().length;
      this.list.hidden = count === 0;
      this.box.setAttribute('aria-expanded', String(count > 0));
      this.told.textContent = count > 0 ? `有 ${count} 项可选，用上下键选择` : '';
    } catch {
      // Aborted, or no connection: the form still works.
    }
  }

  /** What is in the form, with what narrows it down. */
  private wish(): string {
    const wish = new URLSearchParams();
    new FormData(this.form).forEach((value, name) => wish.set(name, String(value)));
    return wish.toString();
  }

  private choose(place: number): void {
    const options = this.options();
    this.at = place;
    options.forEach((option, i) => option.setAttribute('aria-selected', String(i === place)));
    const chosen = options[place];
    if (chosen) {
      this.box.setAttribute('aria-activedescendant', chosen.id);
      chosen.scrollIntoView({ block: 'nearest' });
    } else {
      this.box.removeAttribute('aria-activedescendant');
    }
  }

  private open(place: number): void {
    const href = this.options()[place]?.dataset.href;
    if (href) window.location.assign(href);
  }

  private close(): void {
    window.clearTimeout(this.timer);
    this.under?.abort();
    this.list.hidden = true;
    this.box.setAttribute('aria-expanded', 'false');
    this.choose(-1);
  }

  private key(event: KeyboardEvent): void {
    // Arrows and Enter belong to the input method while it composes.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const count = this.options().length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.list.hidden) return this.reopen();
      // One place more than there are options: the box itself.
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.choose(((this.at + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === 'Enter' && !this.list.hidden && this.at >= 0) {
      event.preventDefault();
      this.open(this.at);
    } else if (event.key === 'Escape' && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  private reopen(): void {
    if (this.asked !== this.box.value.trim() || this.options().length === 0) return void this.ask();
    this.list.hidden = false;
    this.box.setAttribute('aria-expanded', 'true');
    this.choose(0);
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>('[data-find]')) {
  const box = form.querySelector<HTMLInputElement>('input[type=search]');
  if (box) new Find(form, box);
}

// [data-narrow]: a choice narrows at once; the button beside it is for those without a script.
document.addEventListener('change', (event) => {
  if (event.target instanceof HTMLSelectElement && event.target.matches('[data-narrow]')) event.target.form?.requestSubmit();
});
