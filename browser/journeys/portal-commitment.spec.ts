// A salon on commitment: decided at once on the founder's word; the evidence follows, is found untrue, and the licence goes.
import { expect, test } from '@playwright/test';

import { openRow, work } from './desk';
import { filed } from './filed';
import { look } from './look';
import { pdf } from './papers';
import { officer, resident, type Name } from './people';

const FOUNDERS: Record<string, Name> = { desktop: '黄国强', phone: '周敏' };

test('a commitment is decided at once, checked later, and broken', async ({ page, browser, baseURL }, info) => {
  const founder = FOUNDERS[info.project.name]!;
  const matter = await filed(baseURL!, founder, 'open-hair-salon', { site_area: 40, commit: true });

  await test.step('accepted, registered, and granted without the steps before', async () => {
    const clerk = await officer(browser, 'clerk1');
    await openRow(clerk, founder, '开一家理发店');
    await clerk.locator('#order-accept').getByRole('button', { name: /受理/ }).click();
    await expect(clerk.getByRole('status').first()).toContainText('已全部受理');
    await work(browser, 'market', 'approver', founder, '个体工商户');
    await work(browser, 'market', 'issuer', founder, '个体工商户');
    await work(browser, 'health', 'approver', founder, '卫生许可');
    await work(browser, 'health', 'issuer', founder, '卫生许可');
    // The results go out electronically, as the applicant chose.
    await clerk.context().close();
  });

  await test.step('the founder is told what to bring and brings it', async () => {
    await resident(page, founder, `/applications/${matter}`);
    await expect(page.getByRole('heading', { name: /需要您做一件事/ })).toContainText('补交');
    await expect(page.locator('main')).toContainText('告知承诺');
    await look(page, 'commitment-1-owed');
    await page.getByRole('link', { name: '去补交' }).click();
    await expect(page.getByRole('heading', { level: 1, name: '补交材料' })).toBeVisible();
    await page.getByRole('button', { name: '交齐了，交给政府' }).click();
    await expect(page.locator('[data-errors]')).toBeVisible();
    await look(page, 'commitment-2-missing');
    for (const box of await page.locator('input[type=file]').all()) await box.setInputFiles(pdf('report.pdf', 'Report'));
    await page.getByRole('button', { name: '交齐了，交给政府' }).click();
    await expect(page.getByRole('status').first()).toContainText('补交的材料已经收到');
    await look(page, 'commitment-3-brought');
  });

  await test.step('the check finds it untrue, and the approver revokes', async () => {
    const handler = await officer(browser, 'health-handler');
    await openRow(handler, founder, '卫生许可');
    await look(handler, 'commitment-4-check');
    const check = handler.locator('#order-check-commitment');
    await check.getByLabel('承诺不实').check();
    await check.getByLabel('核查情况').fill('现场没有消毒设施，检测报告与场所不符。');
    await check.getByRole('button', { name: '核查承诺' }).click();
    await expect(handler.getByRole('status').first()).toContainText('核查结果已记录');
    const address = new URL(handler.url()).pathname;
    await handler.context().close();

    const approver = await officer(browser, 'health-approver');
    await approver.goto(address);
    const revoke = approver.locator('#order-revoke');
    await revoke.locator('summary').click();
    await revoke.getByLabel(/作出不实承诺/).check();
    await revoke.getByLabel('事实和理由').fill('作出不实承诺，现场核查不符合卫生标准。');
    await revoke.getByRole('button', { name: '撤销' }).click();
    await expect(approver.getByRole('article', { name: '将发出的文书' })).toContainText('撤销行政许可决定书');
    await look(approver, 'commitment-5-letter');
    await approver.getByRole('button', { name: /，发出$/ }).click();
    await expect(approver.getByRole('status').first()).toContainText('证照已撤销');
    await look(approver, 'commitment-6-revoked');
    await approver.context().close();
  });

  await test.step('the founder reads why and where to turn', async () => {
    await page.goto(`/applications/${matter}`);
    await expect(page.locator('main')).toContainText('已撤销');
    await expect(page.locator('main')).toContainText('行政复议');
    await look(page, 'commitment-7-told');
  });
});
