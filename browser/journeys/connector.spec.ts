// The authority of signs decides in its own system: what comes too early waits as a conflict, and is done once the licence is there.
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from '@playwright/test';

import { work } from './desk';
import { filed } from './filed';
import { look } from './look';
import { masked, officer } from './people';

/** Where the authority's own system answers; the server has said it at its start. */
function theirSystem(): string {
  const port = process.env.BROWSER_PORT ?? '8181';
  const said = readFileSync(`${process.env.TMPDIR ?? tmpdir()}/yimen-browser-${port}.txt`, 'utf8');
  return said.match(/http:\/\/\S+\/authority/)![0];
}

test('a decision made in another system is made here, and what comes too early waits', async ({ page, browser, baseURL }) => {
  const owner = '王海涛';
  const admin = await officer(browser, 'admin1');

  await test.step('nothing has happened yet', async () => {
    await admin.goto('/desk/connectors');
    await expect(admin.locator('main')).toContainText('户外招牌管理系统');
    await look(admin, 'connector-1-list');
    await admin.getByRole('link', { name: '户外招牌管理系统' }).click();
    await expect(admin.locator('main')).toContainText('没有冲突');
    await look(admin, 'connector-2-empty');
  });

  await test.step('a case goes there when it is accepted', async () => {
    await filed(baseURL!, owner, 'open-restaurant', { site_area: 45, has_board: true });
    const clerk = await officer(browser, 'clerk1');
    await clerk.goto('/desk');
    const row = clerk.locator('table[data-list] tbody tr', { hasText: masked(owner) }).filter({ hasText: '餐饮店' });
    await row.first().getByRole('link').first().click();
    await clerk.locator('#order-accept').getByRole('button', { name: /受理/ }).click();
    await expect(clerk.getByRole('status').first()).toContainText('已全部受理');
    await clerk.context().close();
    await expect(async () => {
      await page.goto(theirSystem());
      await expect(page.locator('article').first()).toContainText('福宁小馆', { timeout: 500 });
    }).toPass();
    await look(page, 'connector-3-theirs');
  });

  await test.step('they decide before the licence is there: a conflict', async () => {
    await page.getByRole('button', { name: '准予备案' }).first().click();
    await expect(page.locator('article').first()).toContainText('准予备案');
    await expect(async () => {
      await admin.reload();
      await expect(admin.locator('main')).toContainText('第2号报告', { timeout: 500 });
    }).toPass({ timeout: 40_000 });
    await look(admin, 'connector-4-conflict');
    await admin.locator('article details summary').click();
    await admin.locator('article').getByRole('button', { name: '搁置' }).click();
    await expect(admin.getByRole('alert')).toContainText('搁置的原因');
    await look(admin, 'connector-5-no-reason');
  });

  await test.step('done once our side is right', async () => {
    for (const role of ['approver', 'issuer'] as const) await work(browser, 'market', role, owner, '个体工商户设立登记');
    await admin.goto('/desk/connectors/signboard');
    await admin.getByRole('button', { name: '再办一次' }).click();
    await expect(admin.getByRole('status').first()).toContainText('已重新照办');
    await expect(async () => {
      await admin.reload();
      await expect(admin.locator('main')).toContainText('已照办', { timeout: 500 });
    }).toPass();
    await look(admin, 'connector-6-done');
    await admin.goto('/desk/connectors');
    await expect(admin.locator('main')).toContainText('正常');
    await look(admin, 'connector-7-list');
    await admin.context().close();
  });

  await test.step('the record says who decided, and where', async () => {
    const number = (await page.locator('article').first().textContent())!.match(/办件编号：(\S+)/)![1]!;
    const desk = await officer(browser, 'urban-approver');
    await desk.goto(`/desk/find?number=${number}`);
    await expect(desk.locator('main')).toContainText('李秉文（户外招牌管理系统）');
    await look(desk, 'connector-8-record');
    await desk.context().close();
  });
});
