// <time data-due datetime="2026-11-24T17:30:00+08:00">: says how long is left, to the minute, while the page is open.
// Days are the server's business (the working calendar lives there), so it only speaks within the last 24 hours.

function words(left: number): string {
  const minutes = Math.floor(Math.abs(left) / 60000);
  const hours = Math.floor(minutes / 60);
  const span = hours ? `${hours}小时${minutes % 60}分` : `${minutes}分钟`;
  return left < 0 ? `已过${span}` : `还有${span}`;
}

function tell(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-due]')) {
    const left = Date.parse(time.dateTime) - Date.now();
    if (Number.isFinite(left) && Math.abs(left) < 86400000) time.textContent = words(left);
  }
}

tell();
window.setInterval(tell, 30000);
