// Everything by keyboard alone, with the focus visible at every stop.
import { expect, test, type Locator, type Page } from '@playwright/test';

import { filed } from './filed';
import { officer } from './people';

/** The focused element is drawn with an outline of its own or of its wrapping part. */
async function focusShows(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return 'nothing has the focus';
    const drawn = (el: Element, pseudo?: string) => {
      const style = getComputedStyle(el, pseudo);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    };
    const next = at.nextElementSibling;
    const shows = drawn(at) || (next !== null && (drawn(next) || drawn(next, '::after')));
    const box = at.getBoundingClientRect();
    const where = `${at.tagName} ${at.id} ${(at.textContent ?? '').trim().slice(0, 20)}`;
    if (!shows) return `no outline: ${where}`;
    return box.bottom < 0 || box.top > innerHeight ? `out of sight: ${where}` : '';
  });
  expect(seen).toBe('');
}

/** Presses Tab until `goal` has the focus. */
async function tabTo(page: Page, goal: Locator, most = 90): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    await focusShows(page);
    if (await goal.evaluate((el) => el === document.activeElement)) return;
  }
  throw new Error(`${String(goal)} was not reached with ${most} presses of Tab`);
}

test('from the search to the form by keyboard', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused();
  await tabTo(page, page.getByRole('combobox'));
  await page.keyboard.type('我要开一家餐饮店');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search/);
  await tabTo(page, page.locator('#found').getByRole('link', { name: /开一家餐饮店/ }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/matters\/open-restaurant/);

  await tabTo(page, page.locator('#f-org_form-1'));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('complementary')).toContainText('公司营业执照');
  await expect(page.locator('#f-org_form-2'), 'the answer redraws the page and the focus stays').toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page).toHaveURL(/org_form=individual/);
  await tabTo(page, page.locator('#f-site_area'));
  await page.keyboard.type('60');
  await tabTo(page, page.getByRole('button', { name: '看办事方案' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/plan/);
  await tabTo(page, page.getByRole('link', { name: '登录并开始办理' }).first());
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/sign-in/);
  await tabTo(page, page.getByRole('button', { name: /关少玲/ }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/plan/);
  await tabTo(page, page.getByRole('button', { name: '开始办理' }).first());
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/form/);

  const stops: { y: number; label: string }[] = [];
  const end = page.getByRole('button', { name: '保存并继续' });
  while (!(await end.evaluate((el) => el === document.activeElement))) {
    await page.keyboard.press('Tab');
    await focusShows(page);
    const stop = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement;
      return at.closest('main form') ? { y: Math.round(at.getBoundingClientRect().top + scrollY), label: at.id || (at.textContent ?? '') } : null;
    });
    if (stop) stops.push(stop);
    expect(stops.length).toBeLessThan(120);
  }
  expect(stops.length, 'every open field is a stop').toBeGreaterThan(20);
  for (let i = 1; i < stops.length; i++) {
    expect(stops[i]!.y, `${stops[i]!.label} stands above ${stops[i - 1]!.label}`).toBeGreaterThanOrEqual(stops[i - 1]!.y - 60);
  }
});

test('the officer walks the list with j and k and opens with Enter', async ({ browser, baseURL }) => {
  await filed(baseURL!, '吴文浩', 'open-hair-salon', { site_area: 30 });
  await filed(baseURL!, '冯桂兰', 'open-hair-salon', { site_area: 40 });
  const desk = await officer(browser, 'clerk3');
  await desk.goto('/desk');
  const links = desk.locator('table[data-list] tbody tr th a');
  expect(await links.count()).toBeGreaterThanOrEqual(2);
  await desk.keyboard.press('j');
  await expect(links.nth(0)).toBeFocused();
  await focusShows(desk);
  await desk.keyboard.press('j');
  await expect(links.nth(1)).toBeFocused();
  await desk.keyboard.press('k');
  await expect(links.nth(0)).toBeFocused();
  await desk.keyboard.press('/');
  await expect(desk.locator('[data-key="/"]')).toBeFocused();
  await desk.keyboard.type('jk');
  await expect(desk.locator('[data-key="/"]'), 'in a box j and k are letters').toHaveValue('jk');
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('j');
  await desk.keyboard.press('Enter');
  await expect(desk.locator('.case-head h1')).toBeVisible();
  await tabTo(desk, desk.locator('#order-accept').getByRole('button'));
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('status').first()).toContainText('已全部受理');
  await desk.context().close();
});
