// What was accepted goes to the national platform: the data steward makes a batch and takes its file; with nothing new there is none.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';

import { filed } from './filed';
import { look } from './look';
import { officer } from './people';

test('the steward makes a batch of what was accepted and takes its file', async ({ browser, baseURL }) => {
  const matter = await filed(baseURL!, '吴文浩', 'open-hair-salon', { site_area: 28, commit: true });
  const clerk = await officer(browser, 'clerk1');
  await clerk.goto(`/desk/applications/${matter}`);
  await clerk.locator('#order-accept').getByRole('button', { name: /受理/ }).click();
  await expect(clerk.getByRole('status').first()).toContainText('已全部受理');
  await clerk.context().close();

  const steward = await officer(browser, 'steward1');
  await steward.goto('/desk/exchange');
  await look(steward, 'exchange-1-before');
  // The event of the acceptance is heard within seconds.
  await expect(async () => {
    await steward.goto('/desk/exchange');
    await steward.getByRole('button', { name: '现在汇总上报' }).click();
    await expect(steward.getByRole('status').first()).toContainText('已汇总成新的一批');
  }).toPass({ timeout: 30_000 });
  await look(steward, 'exchange-2-made');
  const batch = steward.getByRole('region', { name: /批次/ }).getByRole('row').nth(1);
  await expect(batch).toContainText('受理');
  const downloading = steward.waitForEvent('download');
  await batch.getByRole('link', { name: /下载/ }).click();
  const file = readFileSync(await (await downloading).path());
  expect(file.subarray(0, 2).toString(), 'a zip').toBe('PK');

  await steward.goto('/desk/exchange');
  await steward.getByRole('button', { name: '现在汇总上报' }).click();
  await expect(steward.getByRole('status').first()).toContainText(/没有新增、变更的办件/);
  await steward.context().close();
});
