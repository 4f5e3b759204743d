// A salon founder at the window: the clerk types the ID number, files for her and accepts; two authorities decide.
import { expect, test } from '@playwright/test';

import { openRow, work } from './desk';
import { fillIn } from './form';
import { look } from './look';
import { masked, officer, PEOPLE, resident } from './people';

const FOUNDER = '陈嘉怡';

test('a clerk files a salon for the person at the window, and it is handed over', async ({ page, browser }) => {
  const clerk = await officer(browser, 'clerk2');

  await test.step('finds the person and the matter', async () => {
    await clerk.goto('/desk/window');
    await look(clerk, 'salon-01-window');
    await expect(clerk.getByLabel('身份证号')).toBeFocused();
    await clerk.getByLabel('身份证号').fill('440603199605209004');
    await clerk.keyboard.press('Enter');
    await expect(clerk.locator('#f-citizen_id-error')).toContainText('校验位不对');
    await clerk.getByLabel('身份证号').fill(PEOPLE[FOUNDER]);
    await clerk.keyboard.press('Enter');
    await expect(clerk.getByRole('region', { name: '面前的人' })).toContainText(FOUNDER);
    expect(clerk.url(), 'an ID number never stands in an address').not.toContain('4406031996');
    await clerk.getByLabel('按申请人的说法找').fill('想开个发廊');
    await clerk.keyboard.press('Enter');
    await expect(clerk.getByRole('button', { name: /开一家理发店/ })).toBeVisible();
    await look(clerk, 'salon-02-person');
    await clerk.getByRole('button', { name: /开一家理发店/ }).click();
  });

  await test.step('asks, fills in and takes in the papers', async () => {
    await expect(clerk.locator('.for-whom')).toContainText(FOUNDER);
    await look(clerk, 'salon-03-begun');
    if (!clerk.url().endsWith('/questions')) await clerk.getByRole('link', { name: '答问题' }).click();
    await clerk.locator('#f-site_area').fill('48');
    await clerk.locator('#f-site_area').blur();
    await clerk.getByRole('radio', { name: '到窗口领取' }).check();
    await clerk.getByRole('button', { name: '保存并看方案' }).click();
    await expect(clerk.getByRole('heading', { level: 1, name: /您的办事方案/ })).toBeVisible();
    await look(clerk, 'salon-04-plan');
    await clerk.getByRole('link', { name: '继续填写' }).first().click();
    await fillIn(clerk, { ent_name: '佛山市禅城区嘉怡理发店（个体工商户）', site_addr: '佛山市禅城区祖庙街道同安社区福宁路3号首层' });
    await look(clerk, 'salon-05-form');
    await clerk.getByRole('button', { name: '保存并继续' }).click();
    await expect(clerk.getByRole('heading', { level: 1, name: '交材料' })).toBeVisible();
    for (;;) {
      const receive = clerk.getByRole('button', { name: /^已收纸质材料/ });
      const left = await receive.count();
      if (left === 0) break;
      await receive.first().click();
      await expect(receive).toHaveCount(left - 1);
    }
    await look(clerk, 'salon-06-papers');
    await clerk.getByRole('link', { name: '下一步：核对' }).click();
    await fillIn(clerk, { sign: FOUNDER });
    await look(clerk, 'salon-07-check');
    await clerk.getByRole('button', { name: '交给政府审核' }).click();
    await clerk.getByRole('dialog').getByRole('button', { name: '交给政府审核' }).click();
  });

  await test.step('accepts on the spot', async () => {
    await expect(clerk).toHaveURL(/\/desk\/applications\//);
    await clerk.locator('#order-accept').getByRole('button', { name: '全部受理（2 件）' }).click();
    await expect(clerk.getByRole('status').first()).toContainText('已全部受理');
    await look(clerk, 'salon-08-accepted');
  });

  await test.step('market registers, health decides on the founder’s commitment', async () => {
    await work(browser, 'market', 'approver', FOUNDER, '个体工商户');
    await work(browser, 'market', 'issuer', FOUNDER, '个体工商户');
    for (const role of ['approver', 'issuer'] as const) {
      await work(browser, 'health', role, FOUNDER, '卫生许可');
    }
  });

  await test.step('hands both over', async () => {
    await openRow(clerk, FOUNDER, '开一家理发店');
    await clerk.locator('#order-deliver').getByRole('button', { name: '统一送达（2 项结果）' }).click();
    await expect(clerk.getByRole('status').first()).toContainText('已送达并记录签收');
    await look(clerk, 'salon-09-delivered');
    await clerk.context().close();
    await resident(page, FOUNDER);
    await expect(page.getByRole('link', { name: '营业执照', exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: /卫生许可证/ })).toBeVisible();
    await look(page, 'salon-10-mine');
  });
});
