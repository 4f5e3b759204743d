// A session that ends in the middle of a form, and two officers who decide the same case at once.
import { expect, test } from '@playwright/test';

import { openRow } from './desk';
import { filed } from './filed';
import { look } from './look';
import { officer, resident, signInAs } from './people';

test('what was typed is kept when the session ends, and is sent on after signing in again', async ({ page }) => {
  await resident(page, '周敏', '/matters/open-restaurant/plan?site_area=60&catering_kind=snack');
  await page.getByRole('button', { name: '开始办理' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: '填写信息' })).toBeVisible();
  const form = page.url();
  await page.locator('#f-ent_name').fill('佛山市禅城区敏敏肠粉店');
  await page.locator('#f-building_name, #f-board_text').first().fill('敏敏肠粉');
  await page.context().clearCookies();
  await page.getByRole('button', { name: '保存并继续' }).click();
  await expect(page.getByText('您填写的内容已经保留')).toBeVisible();
  await look(page, 'expired-01-kept');
  await page.getByRole('button', { name: '重新登录并继续' }).click();
  await signInAs(page, '周敏');
  await expect(page.getByRole('heading', { level: 1, name: '您已重新登录' })).toBeVisible();
  await look(page, 'expired-02-again');
  await page.getByRole('button', { name: '继续提交' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '填写信息' })).toBeVisible();
  await expect(page.locator('#f-ent_name')).toHaveValue('佛山市禅城区敏敏肠粉店');
  await page.goto(form);
  await expect(page.locator('#f-ent_name'), 'it was saved, not only shown').toHaveValue('佛山市禅城区敏敏肠粉店');
});

test('the officer who decides second is told, and nothing is overwritten', async ({ browser, baseURL }) => {
  const applicant = '梁俊杰';
  await filed(baseURL!, applicant, 'open-hair-salon', { site_area: 35, commit: true });
  const clerk = await officer(browser, 'clerk1');
  await openRow(clerk, applicant, '开一家理发店');
  await clerk.locator('#order-accept').getByRole('button').first().click();
  await expect(clerk.getByRole('status').first()).toContainText('已全部受理');
  await clerk.context().close();

  const [first, second] = [await officer(browser, 'market-approver'), await officer(browser, 'market-approver')];
  await openRow(first, applicant, '个体工商户');
  await openRow(second, applicant, '个体工商户');
  for (const desk of [first, second]) {
    await desk.locator('#order-decide .btn-seal').click();
    await expect(desk.getByRole('article', { name: '将发出的文书' })).toBeVisible();
  }
  await look(first, 'expired-03-letter');
  await first.getByRole('button', { name: /，发出$/ }).click();
  await expect(first.getByRole('status').first()).toContainText('已作出准予决定');
  const [answer] = await Promise.all([
    second.waitForResponse((one) => one.request().method() === 'POST'),
    second.getByRole('button', { name: /，发出$/ }).click(),
  ]);
  expect(answer.status()).toBe(409);
  await expect(second.locator('main')).toContainText('您的这一次没有生效，也没有改动别人的办理');
  await look(second, 'expired-04-too-late');
  await second.getByRole('link', { name: '看最新状态' }).click();
  await expect(second.locator('.notice-seal')).toBeVisible();
  await first.context().close();
  await second.context().close();
});
