// The restaurant once more, from the search to the receipt, in a browser that runs no script.
import { expect, test } from '@playwright/test';

import { fillIn } from './form';
import { look } from './look';
import { handInAll } from './papers';
import { signInAs } from './people';

test.use({ javaScriptEnabled: false });

test('a restaurant is applied for without JavaScript', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('searchbox').fill('我要开一家餐饮店');
  await page.getByRole('button', { name: '查一查' }).click();
  await page.locator('#found').getByRole('link', { name: /开一家餐饮店/ }).click();

  await page.locator('#f-site_area').fill('320');
  await page.getByRole('button', { name: '更新右边的结果' }).click();
  await expect(page.locator('[data-step=fire_commit]')).toBeVisible();
  await expect(page.getByRole('complementary')).toContainText('5 件');
  await look(page, 'no-script-questions');
  await page.getByRole('button', { name: '看办事方案' }).click();

  await expect(page.getByRole('heading', { level: 1, name: /您的办事方案/ })).toBeVisible();
  await page.getByRole('link', { name: '登录并开始办理' }).first().click();
  await signInAs(page, '黄国强');
  await page.getByRole('button', { name: '开始办理' }).first().click();

  await expect(page.getByRole('heading', { level: 1, name: '填写信息' })).toBeVisible();
  await fillIn(page);
  await page.locator('#f-seats').fill('很多');
  await page.getByRole('button', { name: '保存并继续' }).click();
  await expect(page.locator('[data-errors]')).toContainText('座（椅）位数');
  await expect(page.locator('#f-seats')).toHaveValue('很多');
  await page.locator('#f-seats').fill('96');
  await page.getByRole('button', { name: '保存并继续' }).click();

  await expect(page.getByRole('heading', { level: 1, name: '交材料' })).toBeVisible();
  await look(page, 'no-script-papers');
  await handInAll(page, true);
  await page.getByRole('link', { name: '下一步：核对' }).click();

  await fillIn(page);
  await look(page, 'no-script-check');
  await page.getByRole('button', { name: '交给政府审核' }).click();
  await expect(page).toHaveURL(/\/applications\//);
  await expect(page.locator('.track-row')).toHaveCount(5);
  await page.getByRole('link', { name: '看回执，可打印' }).click();
  await expect(page.getByRole('article')).toContainText('申请人');
  await look(page, 'no-script-receipt');
});
