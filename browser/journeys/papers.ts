// Real small files to hand in: a one-page PDF with a correct cross-reference table, and a PNG with correct checksums.
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { crc32, deflateSync } from 'node:zlib';

export type Paper = { name: string; mimeType: string; buffer: Buffer };

/** One page that says `text` in Latin letters. */
export function pdf(name: string, text: string): Paper {
  const content = `BT /F1 18 Tf 60 760 Td (${text.replace(/[()\\]/g, '')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const starts = objects.map((object, i) => {
    const start = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const rows = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(body + table + end, 'latin1') };
}

/** A plain grey square of 64 by 64 pixels, its shade told by `shade` so that two of them differ. */
export function png(name: string, shade = 160): Paper {
  const side = 64;
  const chunk = (kind: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(side, shade)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => line)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return { name, mimeType: 'image/png', buffer: Buffer.concat(parts) };
}

/** Hands in a file at every place that has none yet; `send` presses the button where no script sends it. */
export async function handInAll(page: Page, send = false): Promise<number> {
  const places = page.locator('.upload:has(form)');
  const count = await places.count();
  for (let i = 0; i < count; i++) {
    const place = places.nth(i);
    const id = await place.getAttribute('id');
    const own = page.locator(`[id="${id}"]`);
    if (await own.locator('.files').count()) continue;
    const paper = i % 3 === 2 ? png(`photo-${i}.png`, 90 + i) : pdf(`paper-${i}.pdf`, `Paper ${i}`);
    await own.locator('input[type=file]').setInputFiles(paper);
    if (send) await own.getByRole('button', { name: '上传' }).click();
    await expect(own.locator('.files')).toContainText(paper.name);
  }
  return count;
}
