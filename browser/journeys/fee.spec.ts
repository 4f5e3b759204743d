// An identity card is renewed: the fee is asked for once the card is granted, paid on the platform's own page, and only then
// is the card made.
import { expect, test } from '@playwright/test';

import { issue, openRow, work } from './desk';
import { filed } from './filed';
import { look } from './look';
import { officer, resident, type Name } from './people';

const holder: Name = '梁伟雄';

test('a fee is paid on the platform, and nothing is made before', async ({ page, browser, baseURL }) => {
  const matter = await filed(baseURL!, holder, 'renew-id-card', { id_card_reason: 'expired', low_income: false });

  await test.step('accepted and granted', async () => {
    const clerk = await officer(browser, 'clerk1');
    await openRow(clerk, holder, '换身份证');
    await clerk.locator('#order-accept').getByRole('button', { name: /受理/ }).click();
    await expect(clerk.getByRole('status').first()).toContainText('已全部受理');
    await clerk.context().close();
    await work(browser, 'police', 'approver', holder, '居民身份证');
  });

  await test.step('the issuer sees that it is unpaid, and has no button', async () => {
    const issuer = await officer(browser, 'police-issuer');
    await openRow(issuer, holder, '居民身份证');
    await expect(issuer.locator('#order-issue')).toHaveCount(0);
    await expect(issuer.locator('.orders-closed')).toContainText(/缴清|未缴|没有缴/);
    await look(issuer, 'fee-1-unpaid');
    await issuer.context().close();
  });

  await test.step('the holder pays and sees it', async () => {
    await resident(page, holder, `/applications/${matter}`);
    await expect(page.getByRole('heading', { name: /需要您做一件事：缴费/ })).toContainText('元');
    await look(page, 'fee-2-owed');
    await page.getByRole('link', { name: '去缴费' }).click();
    await expect(page.getByRole('heading', { level: 1, name: '缴费' })).toBeVisible();
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole('link', { name: '去缴费' })).toBeVisible({ timeout: 500 });
    }).toPass();
    await look(page, 'fee-3-order');
    const here = page.url();
    await page.getByRole('link', { name: '去缴费' }).click();
    await page.getByRole('button', { name: '确认支付' }).click();
    await expect(async () => {
      await page.goto(here);
      await expect(page.getByRole('heading', { level: 1, name: '缴费回单' })).toBeVisible({ timeout: 500 });
    }).toPass();
    await look(page, 'fee-4-paid');
  });

  await test.step('and the card is made', async () => {
    const issuer = await officer(browser, 'police-issuer');
    await openRow(issuer, holder, '居民身份证');
    await issue(issuer);
    await look(issuer, 'fee-5-made');
    await issuer.context().close();
  });

  await test.step('the holder was told at every turn', async () => {
    await page.goto('/messages');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('消息');
    await look(page, 'fee-6-messages');
  });
});
