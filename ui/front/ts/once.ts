// A form with data-once sends once. The button stays readable and says what is going on; coming back with the
// browser's back button makes it usable again. The server's request key is what really guards against twice.

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || !form.matches('[data-once]')) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = '1';
  const button = event.submitter as HTMLButtonElement | null;
  if (!button) return;
  button.dataset.words = button.textContent ?? '';
  button.setAttribute('aria-disabled', 'true');
  button.textContent = '正在提交…';
});

window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll<HTMLButtonElement>('[aria-disabled][data-words]')) {
      button.textContent = button.dataset.words ?? '';
      button.removeAttribute('aria-disabled');
    }
  }
});
