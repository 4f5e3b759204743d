// A stranger is shown a licence: the telephone reads its code, the page says whether it is genuine and still stands. The
// file is checked too, and one changed byte is told.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';

import { look, PHONE } from './look';
import { resident } from './people';
import { scan } from './scan';

const HOLDER = '关少玲';

test('a stranger checks a licence by its QR code and by its file', async ({ page, browser, baseURL }) => {
  let address = '';
  let file = Buffer.alloc(0);

  await test.step('the holder shows it', async () => {
    await resident(page, HOLDER, '/mine');
    await page.locator('a[href^="/licences/"]', { hasText: '食品经营许可证' }).first().click();
    await look(page, 'licence-1-holder');
    await page.getByRole('link', { name: '看证照原样' }).click();
    await look(page, 'licence-2-certificate');
    address = await scan(page.locator('svg[aria-label="查验二维码"]'));
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: /下载加盖电子印章的 PDF/ }).click({ modifiers: ['Alt'] });
    file = readFileSync(await (await downloading).path());
    expect(file.subarray(0, 5).toString()).toBe('%PDF-');
  });

  const stranger = await (await browser.newContext({ viewport: PHONE, hasTouch: true })).newPage();
  await test.step('the telephone leads to the answer', async () => {
    const { pathname, search } = new URL(address, baseURL);
    expect(pathname).toBe('/licences/verify');
    await stranger.goto(pathname + search);
    await expect(stranger.locator('main')).toContainText(/真实|有效/);
    await expect(stranger.locator('main')).toContainText('食品经营许可证');
    await expect(stranger.locator('main'), 'a stranger learns no whole name').not.toContainText(HOLDER);
    await look(stranger, 'licence-3-genuine');
  });

  await test.step('a code that nobody issued is told', async () => {
    const code = new URL(address, baseURL).searchParams.get('code')!;
    const other = code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A');
    await stranger.goto('/licences/verify');
    await stranger.getByLabel('查验码').fill(other);
    await stranger.getByRole('button', { name: '查验', exact: true }).click();
    await expect(stranger.locator('main')).toContainText('没有查到');
    await look(stranger, 'licence-4-unknown');
  });

  await test.step('the file is genuine, and one changed byte is found', async () => {
    const hand = async (buffer: Buffer) => {
      await stranger.goto('/licences/verify');
      await stranger.getByLabel('选择收到的 PDF 文件').setInputFiles({ name: 'licence.pdf', mimeType: 'application/pdf', buffer });
      await stranger.getByRole('button', { name: '核对文件' }).click();
    };
    await hand(file);
    await expect(stranger.locator('main')).toContainText(/真实|有效/);
    await look(stranger, 'licence-5-file');
    const changed = Buffer.from(file);
    const at = changed.indexOf('stream') + 40;
    changed[at] = changed[at]! ^ 1;
    await hand(changed);
    await expect(stranger.locator('main')).toContainText(/改动|改过/);
    await look(stranger, 'licence-6-changed');
  });
  await stranger.context().close();
});
