// A form with data-upload="ID" sends its file with progress; the answer is the page or the part, and its element
// with the same id takes the place of this one. Choosing a file sends it: no second button to find.

const KINDS = ['application/pdf', 'image/jpeg', 'image/png'];

function say(form: HTMLFormElement, words: string): void {
  const place = form.querySelector('.upload-said');
  if (place) place.textContent = words;
}

function tooLarge(form: HTMLFormElement, file: File): boolean {
  const limit = Number(form.dataset.limit ?? 0);
  if (!limit || file.size <= limit) return false;
  say(form, `“${file.name}”有 ${(file.size / 1048576).toFixed(1)} MB，超过了 ${Math.floor(limit / 1048576)} MB。请压缩后再传，或分成几份。`);
  return true;
}

function put(id: string, html: string): boolean {
  const fresh = new DOMParser().parseFromString(html, 'text/html').getElementById(id);
  const old = document.getElementById(id);
  if (!fresh || !old) return false;
  old.replaceWith(fresh);
  fresh.querySelector<HTMLElement>('input[type=file]')?.focus();
  return true;
}

function send(form: HTMLFormElement): void {
  const id = form.dataset.upload ?? '';
  const file = form.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
  if (!file) return say(form, '请先选一个文件。');
  if (file.type && !KINDS.includes(file.type)) return say(form, '只收 PDF、JPG 或 PNG 文件。');
  if (tooLarge(form, file)) return;

  const bar = form.querySelector<HTMLProgressElement>('progress');
  const button = form.querySelector<HTMLButtonElement>('button');
  const request = new XMLHttpRequest();
  const over = (words: string) => {
    if (bar) bar.hidden = true;
    if (button) button.disabled = false;
    form.classList.add('again');
    say(form, words);
  };
  request.open('POST', form.action);
  request.upload.onprogress = (event) => {
    if (!bar || !event.lengthComputable) return;
    bar.hidden = false;
    bar.value = (event.loaded / event.total) * 100;
    say(form, `正在上传 ${Math.round(bar.value)}%`);
  };
  request.onload = () => {
    if (put(id, request.responseText)) return;
    over(request.status === 413 ? '文件太大，没有传上去。' : '没有传上去，请再试一次。');
  };
  request.onerror = () => over('网络断了，没有传上去。请再试一次。');
  if (button) button.disabled = true;
  request.send(new FormData(form));
}

document.addEventListener('submit', (event) => {
  const form = (event.target as Element).closest<HTMLFormElement>('form[data-upload]');
  if (!form) return;
  event.preventDefault();
  send(form);
});
document.addEventListener('change', (event) => {
  const form = (event.target as Element).closest<HTMLFormElement>('form[data-upload]');
  if (form && (event.target as HTMLInputElement).type === 'file') send(form);
});
