// data-confirm on a submit button: says what will happen and asks, before what cannot be undone.
// data-confirm-title and data-confirm-do name the question and the button; the safe answer has the focus.

function ask(button: HTMLElement): Promise<boolean> {
  const dialog = document.createElement('dialog');
  const title = document.createElement('h2');
  title.id = 'confirm-title';
  title.textContent = button.dataset.confirmTitle ?? '请再确认一次';
  const said = document.createElement('p');
  said.textContent = button.dataset.confirm ?? '';
  const form = document.createElement('form');
  form.method = 'dialog';
  form.className = 'acts';
  const yes = document.createElement('button');
  yes.value = 'yes';
  yes.className = button.classList.contains('btn-seal') ? 'btn btn-seal' : 'btn btn-main';
  yes.textContent = button.dataset.confirmDo ?? button.textContent ?? '确定';
  const no = document.createElement('button');
  no.value = 'no';
  no.className = 'btn';
  no.textContent = '先不';
  no.autofocus = true;
  form.append(yes, no);
  dialog.append(title, said, form);
  dialog.setAttribute('aria-labelledby', title.id);
  document.body.append(dialog);
  return new Promise((answer) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      button.focus();
      answer(dialog.returnValue === 'yes');
    });
    dialog.showModal();
  });
}

const sure = new WeakSet<Element>();

document.addEventListener(
  'click',
  (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[data-confirm]');
    if (!button || sure.delete(button)) return;
    if (!('showModal' in document.createElement('dialog'))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (button.form && !button.form.noValidate && !button.form.reportValidity()) return;
    void ask(button).then((yes) => {
      if (!yes) return;
      sure.add(button);
      button.click();
    });
  },
  true,
);
