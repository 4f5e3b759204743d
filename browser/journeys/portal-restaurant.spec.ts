// 我要开一家餐饮店: from the search box to the licences, with everybody who takes part.
import { expect, test, type Locator, type Page } from '@playwright/test';

import { openRow, work } from './desk';
import { fillIn } from './form';
import { look } from './look';
import { handInAll } from './papers';
import { officer, resident, signInAs } from './people';

/** On a phone the questions come one a screen; goes on until this is the one. */
async function reach(page: Page, goal: Locator): Promise<void> {
  const next = page.getByRole('button', { name: '下一题' });
  const phone = (page.viewportSize()?.width ?? 0) < 720;
  while (phone && !(await goal.isVisible())) await next.click();
  await expect(goal).toBeVisible();
}

test('a founder opens a restaurant and five authorities are done in one go', async ({ page, browser }, info) => {
  // A licence stays with its holder, so the phone has a founder of its own.
  const founder = info.project.name === 'phone' ? '张磊' : '何志远';
  // The desk's founder collects everything at the window; the phone's wants it electronically.
  const handedOver = info.project.name !== 'phone';
  const shot = (name: string) => look(page, `restaurant-${name}`);

  await test.step('says what they want', async () => {
    await page.goto('/');
    await shot('01-home');
    await page.getByRole('combobox').fill('我要开一家餐饮店');
    await page.getByRole('button', { name: '查一查' }).click();
    await expect(page.locator('#found')).toContainText('开一家餐饮店');
    await shot('02-found');
    await page.locator('#found').getByRole('link', { name: /开一家餐饮店/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: '开一家餐饮店' })).toBeVisible();
  });

  await test.step('answers, and the list grows with the area', async () => {
    const tally = page.getByRole('complementary');
    await expect(tally).not.toContainText('区消防救援大队您');
    const area = page.locator('#f-site_area');
    await reach(page, area);
    await area.fill('320');
    await area.blur();
    await expect(page.locator('[data-step=fire_commit]')).toBeAttached();
    await expect(tally).toContainText('5 件');
    await shot('03-questions');
    if (handedOver) {
      const way = page.getByRole('radio', { name: '到窗口领取' });
      await reach(page, way);
      await way.check();
      await expect(page).toHaveURL(/delivery_way=window/);
    }
    const plan = page.getByRole('button', { name: '看办事方案' });
    await reach(page, plan);
    await plan.click();
  });

  await test.step('sees the plan', async () => {
    await expect(page.getByRole('heading', { level: 1, name: /您的办事方案/ })).toBeVisible();
    await page.getByRole('link', { name: '登录并开始办理' }).filter({ visible: true }).first().click();
    await shot('04-sign-in');
    await signInAs(page, founder);
    await expect(page.getByRole('heading', { level: 1, name: /您的办事方案/ })).toBeVisible();
    const figures = page.locator('.figure');
    await expect(figures.filter({ hasText: '材料' })).toContainText(/原来 25 份.*12\s*份/);
    await expect(figures.filter({ hasText: '用时' })).toContainText(/原来 23 个工作日.*5\s*个工作日/);
    await expect(figures.filter({ hasText: '跑动' })).toContainText(/原来 5 次.*0\s*次/);
    await page.getByText(/不用交的 \d+ 份，以及原因$/).click();
    await expect(page.locator('.material.exempt', { hasText: '营业执照' })).toContainText('内部流转，不用提交');
    await expect(page.locator('#timeline')).toContainText('决定总用时');
    await expect(page.locator('.tl-bar.critical')).not.toHaveCount(0);
    await shot('05-plan');
  });

  await test.step('fills in the one form', async () => {
    await page.getByRole('button', { name: '开始办理' }).filter({ visible: true }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: '填写信息' })).toBeVisible();
    await shot('06-form');
    const name = page.locator('[data-field=op_name]');
    await expect(name).toContainText(founder);
    await expect(name).toContainText(/来自公安人口库/);
    await fillIn(page);
    await page.locator('#f-food_mgr_id').fill('440603198811239009');
    await page.getByRole('button', { name: '保存并继续' }).click();
    await expect(page.locator('[data-errors]')).toContainText('食品安全管理人员公民身份号码');
    await expect(page.locator('[data-errors]')).toBeFocused();
    await expect(page.locator('#f-food_mgr_id')).toHaveValue('440603198811239009');
    await expect(page.locator('#f-board_text')).toHaveValue('福宁小馆');
    await shot('07-form-error');
    await page.locator('#f-food_mgr_id').fill('440603198811239008');
    await page.getByRole('button', { name: '保存并继续' }).click();
  });

  await test.step('hands in the papers', async () => {
    await expect(page.getByRole('heading', { level: 1, name: '交材料' })).toBeVisible();
    await shot('08-papers');
    await handInAll(page);
    await shot('09-papers-in');
    await page.getByRole('link', { name: '下一步：核对' }).click();
  });

  await test.step('checks and hands it to the government', async () => {
    await expect(page.getByRole('heading', { level: 1, name: '核对提交' })).toBeVisible();
    await fillIn(page);
    await shot('10-check');
    await page.getByRole('button', { name: '交给政府审核' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('现在交给政府审核？');
    await dialog.getByRole('button', { name: '交给政府审核' }).click();
    await page.waitForURL(/\/applications\//);
    await shot('11-submitted');
  });
  const matter = page.url();

  await test.step('the clerk accepts all of it', async () => {
    const clerk = await officer(browser, 'clerk1');
    await look(clerk, 'restaurant-20-desk-list');
    await openRow(clerk, founder, '开一家餐饮店');
    await look(clerk, 'restaurant-21-desk-application');
    await clerk.locator('#order-accept').getByRole('button', { name: '全部受理（5 件）' }).click();
    await expect(clerk.getByRole('status').first()).toContainText('已全部受理');
    await clerk.context().close();
  });

  await test.step('market registers the business; the others wait for its licence', async () => {
    await page.goto(matter);
    await expect(page.locator('.track-row', { hasText: '食品经营许可' })).toContainText('营业执照');
    await shot('12-waiting');
    await work(browser, 'market', 'approver', founder, '个体工商户');
    await work(browser, 'market', 'issuer', founder, '个体工商户');
  });

  await test.step('four authorities work side by side', async () => {
    const handler = await officer(browser, 'housing-handler');
    await openRow(handler, founder, '城镇污水');
    await look(handler, 'restaurant-22-desk-case');
    await handler.context().close();
    for (const [office, what] of [['market', '食品经营许可'], ['urban', '户外招牌'], ['housing', '城镇污水']] as const) {
      await work(browser, office, 'handler', founder, what);
    }
    await page.goto(matter);
    await shot('13-side-by-side');
    for (const [office, what] of [['market', '食品经营许可'], ['housing', '城镇污水']] as const) {
      await work(browser, office, 'reviewer', founder, what);
    }
    for (const [office, what] of [['market', '食品经营许可'], ['urban', '户外招牌'], ['fire', '消防'], ['housing', '城镇污水']] as const) {
      await work(browser, office, 'approver', founder, what);
      await work(browser, office, 'issuer', founder, what);
    }
  });

  await test.step('one hand-over', async () => {
    await page.goto(matter);
    if (!handedOver) return expect(page.locator('main')).toContainText('5件都办完了');
    await shot('14-ready');
    const clerk = await officer(browser, 'clerk1');
    await openRow(clerk, founder, '开一家餐饮店');
    await look(clerk, 'restaurant-23-desk-deliver');
    await clerk.locator('#order-deliver').getByRole('button', { name: '统一送达（5 项结果）' }).click();
    await expect(clerk.getByRole('status').first()).toContainText('已送达并记录签收');
    await clerk.context().close();
  });

  await test.step('the founder has the licences', async () => {
    await page.goto(matter);
    await expect(page.locator('main')).toContainText('食品经营许可证');
    await shot('15-done');
    await page.goto('/mine');
    const licence = page.getByRole('link', { name: '营业执照', exact: true });
    await expect(licence).toBeVisible();
    await shot('16-mine');
    await licence.click();
    await expect(page.getByRole('heading', { level: 1, name: '营业执照' })).toBeVisible();
    await shot('17-licence');
  });

  await test.step('a second application does not ask for the business licence', async () => {
    await page.goto('/matters/open-restaurant/plan?has_licence=true&site_area=60&catering_kind=snack');
    await page.getByText(/不用交的 \d+ 份，以及原因$/).click();
    await expect(page.locator('.material.exempt', { hasText: '营业执照' })).toBeVisible();
    await expect(page.locator('.material.to-hand-in', { hasText: '营业执照' })).toHaveCount(0);
    await shot('18-second-plan');
  });
});
