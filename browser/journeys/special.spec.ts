// A restaurant whose water test follows; an inspection stops the clock; a hearing is offered and done without.
import { expect, test } from '@playwright/test';

import { openRow } from './desk';
import { filed } from './filed';
import { look } from './look';
import { pdf } from './papers';
import { officer, resident, type Name } from './people';

const FOUNDER: Name = '关少玲';

test('papers follow, the clock stands for an inspection, a hearing is waived', async ({ page, browser, baseURL }) => {
  const answers = { catering_kind: 'snack', site_area: 60, has_board: false, drain_to: 'sewer' };
  const matter = await filed(baseURL!, FOUNDER, 'open-restaurant', answers);

  await test.step('accepted although the water test is missing', async () => {
    const clerk = await officer(browser, 'clerk1');
    await openRow(clerk, FOUNDER, '开一家餐饮店');
    await look(clerk, 'special-1-application');
    await clerk.locator('#order-accept').getByRole('button', { name: /受理/ }).click();
    await expect(clerk.getByRole('status').first()).toContainText('已全部受理');
    await look(clerk, 'special-2-accepted');
    await clerk.context().close();
    await resident(page, FOUNDER, `/applications/${matter}`);
    await expect(page.getByRole('heading', { name: /补交 1 份材料/ })).toBeVisible();
    await look(page, 'special-3-owed');
    await page.getByRole('link', { name: '去补交' }).click();
    await page.locator('input[type=file]').setInputFiles(pdf('water.pdf', 'Water'));
    await page.getByRole('button', { name: '交齐了，交给政府' }).click();
    await expect(page.getByRole('status').first()).toContainText('补交的材料已经收到');
  });

  const handler = await officer(browser, 'market-handler');
  await test.step('an inspection is announced and the clock stands', async () => {
    await openRow(handler, FOUNDER, '食品经营许可');
    const begin = handler.locator('#order-begin-special');
    await begin.locator('summary').click();
    await look(handler, 'special-4-orders');
    await begin.getByLabel('告知需要').fill('3');
    await begin.getByLabel('事由').fill('须现场核查经营布局');
    await begin.getByRole('button', { name: '启动特别程序' }).click();
    await expect(handler.getByRole('article', { name: '将发出的文书' })).toContainText('3个工作日');
    await look(handler, 'special-5-letter');
    await handler.getByRole('button', { name: /，发出$/ }).click();
    await expect(handler.getByRole('status').first()).toContainText('暂停计时');
    await look(handler, 'special-6-running');
    await page.goto(`/applications/${matter}`);
    await expect(page.locator('main')).toContainText('现场核查');
    await look(page, 'special-7-told');
    const end = handler.locator('#order-end-special');
    await end.getByLabel('结果').fill('布局与图纸一致，符合要求。');
    await end.getByRole('button', { name: '结束特别程序' }).click();
    await expect(handler.getByRole('status').first()).toContainText('继续计时');
  });

  await test.step('a hearing is offered, and the founder does without', async () => {
    const offer = handler.locator('#order-offer-hearing');
    await offer.locator('summary').click();
    await offer.getByLabel(/拟决定的事项/).fill('拟准予在住宅楼下经营餐饮，涉及相邻住户的重大利益。');
    await offer.getByRole('button', { name: '告知听证权利' }).click();
    await handler.getByRole('button', { name: /，发出$/ }).click();
    await expect(handler.getByRole('status').first()).toContainText('听证告知书已发给申请人');
    await look(handler, 'special-8-offered');
    await page.goto(`/applications/${matter}`);
    await page.getByRole('link', { name: '看一看，作个答复' }).click();
    await look(page, 'special-9-hearing');
    await page.getByRole('button', { name: '不要听证，接着办' }).click();
    await expect(page.getByRole('status').first()).toContainText('不举行听证');
  });
  await handler.context().close();
});
