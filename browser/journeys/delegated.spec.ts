// A permit renewed: looked at before receipt, decided by the office it is entrusted to, received by the bureau that supervises;
// and an allowance that the sub-district reviews first and hands up.
import { expect, test } from '@playwright/test';

import { agree, grant, openRow } from './desk';
import { filed } from './filed';
import { look } from './look';
import { pdf } from './papers';
import { officer, resident } from './people';

test('advised before receipt, mended, entrusted, decided and supervised', async ({ page, browser, baseURL }) => {
  const owner = '关少玲';
  const matter = await filed(baseURL!, owner, 'renew-food-permit', { food_changed: true, has_agent: false });

  await test.step('the applicant sees that it is looked at, and need not wait', async () => {
    await resident(page, owner, `/applications/${matter}`);
    await expect(page.locator('main')).toContainText('正在网上预审');
    await expect(page.getByRole('button', { name: '不等预审，直接收件' })).toBeVisible();
    await look(page, 'delegated-1-filed');
  });

  await test.step('the window advises what to mend', async () => {
    const clerk = await officer(browser, 'clerk1');
    await openRow(clerk, owner, '食品经营许可证');
    await look(clerk, 'delegated-2-window');
    const form = clerk.locator('#notify');
    await form.locator('summary').first().click();
    const row = form.locator('.mend-row').filter({ hasText: '布局' }).first();
    await row.getByRole('checkbox').check();
    await row.locator('input[name^=reason]').fill('看不清操作间');
    await row.locator('input[name^=mend]').fill('重新拍照上传，四角完整、字迹清楚');
    await form.getByRole('button', { name: '发出预审意见' }).click();
    await expect(clerk.getByRole('status').first()).toContainText('预审意见已发给申请人');
    await look(clerk, 'delegated-3-advised');
    await clerk.context().close();
  });

  await test.step('the applicant mends it online', async () => {
    await page.goto(`/applications/${matter}`);
    await expect(page.locator('main')).toContainText('不是补正告知');
    await look(page, 'delegated-4-to-mend');
    await page.getByRole('link', { name: '去完善' }).click();
    for (const box of await page.locator('input[type=file]').all()) await box.setInputFiles(pdf('layout.pdf', 'Layout'));
    await look(page, 'delegated-5-mending');
    await page.getByRole('button', { name: '完善好了，正式提交' }).click();
    await expect(page.getByRole('status').first()).toContainText('今天正式收件');
  });

  await test.step('accepted, and handled by the office in the name of the bureau', async () => {
    const clerk = await officer(browser, 'clerk1');
    await openRow(clerk, owner, '食品经营许可证');
    await clerk.locator('#order-accept').getByRole('button', { name: /受理/ }).click();
    await clerk.context().close();
    for (const [login, words] of [['zhangcha-handler', '拟同意。'], ['zhangcha-reviewer', '同意承办意见。']] as const) {
      const desk = await officer(browser, login);
      await openRow(desk, owner, '食品经营许可');
      if (login === 'zhangcha-handler') {
        await expect(desk.locator('main')).toContainText('由张槎街道办受区市场监管局委托办理');
        await look(desk, 'delegated-6-entrusted');
      }
      await agree(desk, words);
      await desk.context().close();
    }
    const desk = await officer(browser, 'zhangcha-approver');
    await openRow(desk, owner, '食品经营许可');
    await grant(desk);
    await look(desk, 'delegated-7-decided');
    await desk.context().close();
  });

  await test.step('the bureau receives the decision', async () => {
    const desk = await officer(browser, 'market-handler');
    await desk.getByRole('link', { name: /待监管接收/ }).click();
    await look(desk, 'delegated-8-supervision');
    await desk.getByRole('button', { name: '接收' }).first().click();
    await expect(desk.getByRole('status').first()).toContainText('已接收');
    await look(desk, 'delegated-9-received');
    await desk.context().close();
    await page.goto(`/applications/${matter}`);
    await expect(page.locator('main')).toContainText('委托办理');
    await look(page, 'delegated-10-applicant');
    await page.goto('/delegations');
    await look(page, 'delegated-11-public');
  });
});

test('reviewed below and handed up', async ({ page, browser, baseURL }) => {
  const elder = '冯桂兰';
  const matter = await filed(baseURL!, elder, 'senior-allowance', { has_agent: false });
  const clerk = await officer(browser, 'clerk1');
  await openRow(clerk, elder, '高龄津贴');
  await clerk.locator('#order-accept').getByRole('button', { name: /受理/ }).click();
  await clerk.context().close();
  await resident(page, elder, `/applications/${matter}`);
  await expect(page.locator('main')).toContainText('正在初审');
  await look(page, 'handed-up-1-below');
  const upper = await officer(browser, 'civil-handler');
  const place = /正在初审|街道办|镇政府/;
  await expect(page.locator('main')).toContainText(place);
  const office = ['zumiao', 'shiwan', 'zhangcha', 'nanzhuang'];
  const names = ['祖庙', '石湾', '张槎', '南庄'];
  const text = await page.locator('main').innerText();
  const lower = await officer(browser, `${office[names.findIndex((name) => text.includes(name))]}-handler`);
  await openRow(lower, elder, '高龄津贴');
  const up = lower.locator('#order-hand-up');
  await up.locator('textarea').fill('年龄、户籍核对无误，同意报送。');
  await look(lower, 'handed-up-2-opinion');
  await up.getByRole('button', { name: /^同意/ }).click();
  await expect(lower.getByRole('status').first()).toContainText('已报送上级');
  await lower.context().close();
  await openRow(upper, elder, '高龄津贴');
  await expect(upper.locator('main')).toContainText('年龄、户籍核对无误');
  await look(upper, 'handed-up-3-above');
  await upper.context().close();
});
