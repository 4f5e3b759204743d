// Parcels both ways: a result goes out by courier and is delivered when somebody signs; a paper comes to the hall by post, is
// opened in presence and counts since the hall has it.
import { expect, test } from '@playwright/test';

import { numberOn, scan, type Scan } from './courier';
import { openRow, work } from './desk';
import { filed } from './filed';
import { look } from './look';
import { officer, resident, type Name } from './people';

const RECEIVER: Name = '李婉仪';
const SENDER: Name = '林秀芬';

test('a result is sent, followed at each scan and delivered by a signature', async ({ page, browser, baseURL, request }) => {
  const answers = { has_licence: false, commit: true, site_area: 60, delivery_way: 'mail' };
  const matter = await filed(baseURL!, RECEIVER, 'open-hair-salon', answers);

  await test.step('accepted, decided, made', async () => {
    const clerk = await officer(browser, 'clerk1');
    await clerk.goto(`/desk/applications/${matter}`);
    await clerk.locator('#order-accept').getByRole('button', { name: /受理/ }).click();
    await expect(clerk.getByRole('status').first()).toContainText('已全部受理');
    await clerk.context().close();
    await work(browser, 'market', 'approver', RECEIVER, '个体工商户');
    await work(browser, 'market', 'issuer', RECEIVER, '个体工商户');
    await work(browser, 'health', 'approver', RECEIVER, '卫生许可');
    await work(browser, 'health', 'issuer', RECEIVER, '卫生许可');
  });

  const clerk = await officer(browser, 'clerk1');
  let number = '';
  await test.step('handed to the courier', async () => {
    await clerk.goto(`/desk/applications/${matter}`);
    await clerk.getByRole('button', { name: '交快递寄出' }).click();
    await expect(clerk.getByRole('status').first()).toContainText('已交快递');
    await expect(clerk.getByRole('heading', { name: /送件/ })).toContainText('待揽收');
    number = await numberOn(clerk);
    await look(clerk, 'courier-1-sent');
  });

  await test.step('followed by the applicant', async () => {
    await resident(page, RECEIVER, `/applications/${matter}`);
    const way: [Scan, string][] = [['collected', '已揽收'], ['moving', '运输中'], ['out-for-delivery', '派送中']];
    for (const [kind, word] of way) {
      await scan(request, number, kind);
      await page.reload();
      await expect(page.getByRole('heading', { name: /给您寄的邮件/ })).toContainText(word);
    }
    await look(page, 'courier-2-under-way');
  });

  await test.step('signed for is delivered, with the receipt on both sides', async () => {
    await scan(request, number, 'signed', '李先生（家人）');
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole('link', { name: '送达回证', exact: true })).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect(page.getByRole('heading', { name: /给您寄的邮件/ })).toContainText('已签收');
    await expect(page.locator('.scans')).toContainText('签收人 李先生（家人）');
    await look(page, 'courier-3-delivered');
    await clerk.reload();
    await expect(clerk.locator('main')).toContainText('送达回证');
    await expect(clerk.locator('main')).toContainText('已送达');
    await look(clerk, 'courier-4-delivered-desk');
    await clerk.context().close();
  });
});

test('a paper comes by post and counts since the hall has it', async ({ page, browser, baseURL, request }) => {
  const answers = { catering_kind: 'snack', site_area: 60, has_board: false, drain_to: 'sewer' };
  const matter = await filed(baseURL!, SENDER, 'open-restaurant', answers);

  const clerk = await officer(browser, 'clerk1');
  await test.step('the water test is owed', async () => {
    await openRow(clerk, SENDER, '开一家餐饮店');
    await clerk.locator('#order-accept').getByRole('button', { name: /受理/ }).click();
    await expect(clerk.getByRole('status').first()).toContainText('已全部受理');
    await resident(page, SENDER, `/applications/${matter}`);
    await expect(page.getByRole('heading', { name: /补交 1 份材料/ })).toBeVisible();
    await look(page, 'courier-5-owed');
  });

  await test.step('sent to the hall', async () => {
    await page.getByRole('link', { name: '邮寄到大厅' }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: '邮寄到大厅' })).toBeVisible();
    await look(page, 'courier-6-ask');
    // Chosen a way and left out what belongs to it: the page says so and keeps the rest.
    await page.getByLabel(/自己寄/).check();
    await page.getByRole('button', { name: '寄给大厅清点' }).click();
    await expect(page.locator('.notice-bad')).toContainText('物流单号');
    await look(page, 'courier-7-refused');
    await page.getByLabel(/上门取件/).check();
    await page.getByLabel('电话').fill('13800138000');
    await page.getByLabel('取件地址').fill('佛山市禅城区同安路6号');
    await page.getByRole('button', { name: '寄给大厅清点' }).click();
    await expect(page.getByRole('status').first()).toContainText('已经记下');
    await expect(page.getByRole('heading', { name: /您寄到大厅的邮件/ })).toContainText('待揽收');
    await look(page, 'courier-8-coming');
  });

  let number = '';
  await test.step('on its way to the window', async () => {
    await clerk.goto('/desk/incoming');
    const row = clerk.locator('tbody tr', { hasText: '水质、水量检测报告' });
    await expect(row).toContainText('待揽收');
    number = await numberOn(clerk);
    await scan(request, number, 'collected');
    await scan(request, number, 'signed', '区政务服务中心收发室');
    await clerk.reload();
    await expect(clerk.locator('main')).toContainText('等待清点 1 件');
    await look(clerk, 'courier-9-list');
    await clerk.getByRole('link', { name: number }).click();
  });

  await test.step('opened in presence', async () => {
    await expect(clerk.getByRole('heading', { name: '拆封清点' })).toBeVisible();
    await look(clerk, 'courier-10-open');
    await clerk.getByLabel('水质、水量检测报告').check();
    await clerk.getByRole('button', { name: '清点完成' }).click();
    await expect(clerk.locator('.notice-bad')).toContainText('另一人在场');
    await expect(clerk.getByLabel('水质、水量检测报告')).toBeChecked();
    await look(clerk, 'courier-11-alone');
    await clerk.getByLabel('在场人').fill('收发室 老陈');
    await clerk.getByRole('button', { name: '清点完成' }).click();
    await expect(clerk.getByRole('status').first()).toContainText('清点完成');
    await look(clerk, 'courier-12-counted');
    await clerk.goto(`/desk/applications/${matter}`);
    await expect(clerk.locator('main')).toContainText('大厅清点邮件');
    await look(clerk, 'courier-13-application');
    await clerk.context().close();
  });

  await test.step('and the applicant owes nothing any more', async () => {
    await page.reload();
    await expect(page.getByRole('heading', { name: /您寄到大厅的邮件/ })).toContainText('大厅已清点');
    await expect(page.getByRole('heading', { name: /补交/ })).toHaveCount(0);
    await look(page, 'courier-14-told');
    await page.goto('/messages');
    await expect(page.locator('main')).toContainText('已清点，齐全');
    await look(page, 'courier-15-messages');
  });
});
