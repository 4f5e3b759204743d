// Keeping the catalogue without writing YAML: an item is edited and split, two heads sign, the office publishes; a window asks for a
// change; a resident says something about a draft.
import { expect, test, type Page } from '@playwright/test';

import { look } from './look';
import { officer } from './people';

/** The last of the given working days from today, as a date field wants it; two weeks are enough for five of them. */
function inTwoWeeks(): string {
  return new Date(Date.now() + 21 * 24 * 3600 * 1000).toISOString().slice(0, 10);
}

async function told(desk: Page, words: string): Promise<void> {
  await expect(desk.getByRole('status').first()).toContainText(words);
}

test('an item is split, signed by two and published', async ({ page, browser }) => {
  const office = await officer(browser, 'standards1');
  let home = '';

  await test.step('the officer finds the item and opens a revision', async () => {
    await office.goto('/desk/catalogue?q=个体工商户变更');
    await look(office, 'authoring-1-catalogue');
    await office.getByRole('button', { name: /^修订/ }).first().click();
    await told(office, '修订稿已新建');
    await look(office, 'authoring-2-item');
  });

  await test.step('the item becomes two', async () => {
    await office.getByRole('link', { name: '拆分成几个事项' }).click();
    await look(office, 'authoring-3-split');
    for (const [at, [id, name, when]] of [
      ['change-address', '个体工商户变更登记（经营场所）', "'address' in change_items"],
      ['change-others', '个体工商户变更登记（其他事项）', "!('address' in change_items)"],
    ].entries()) {
      await office.locator(`#f-id-${at}`).fill(id);
      await office.locator(`#f-name-${at}`).fill(name);
      await office.locator(`#f-situation-${at}`).fill(name);
      await office.locator(`#f-when-${at}`).fill(when);
    }
    await office.getByRole('button', { name: '拆分', exact: true }).click();
    await told(office, '已拆分');
    home = new URL(office.url()).pathname;
    await look(office, 'authoring-4-revision');
  });

  await test.step('a condition is made of choices, and the expression is in view', async () => {
    await office.goto(`${home}/items/change-others/materials`);
    await look(office, 'authoring-5-materials');
    await office.getByRole('link', { name: /^条件/ }).first().click();
    await office.locator('#f-fact-0').selectOption('has_agent');
    await office.locator('#f-op-0').selectOption('holds');
    await office.getByRole('button', { name: '看看表达式' }).click();
    await expect(office.locator('code').first()).toContainText('has_agent');
    await look(office, 'authoring-6-condition');
    await office.getByRole('button', { name: '保存条件' }).click();
    await told(office, '已保存到修订稿');
  });

  await test.step('the dry run says what would change', async () => {
    await office.goto(`${home}/dry-run`);
    await expect(office.getByRole('region', { name: '四张清单' })).toContainText('个体工商户变更登记');
    await look(office, 'authoring-7-dry-run');
    await office.goto(home);
    await office.getByLabel('提交说明').fill('按变更内容拆分，材料各不相同。');
    await office.getByRole('button', { name: '提交', exact: true }).click();
    await told(office, '等两位负责人签字');
  });

  await test.step('two heads sign and the office publishes', async () => {
    for (const login of ['market-approver', 'market-item-admin']) {
      const head = await officer(browser, login);
      await head.goto(home);
      await head.getByRole('button', { name: '签字确认' }).click();
      await told(head, '已签字');
    }
    await office.goto(`${home}/dry-run`);
    await office.getByRole('button', { name: '按这次试算发布' }).click();
    await told(office, '已发布，现在就生效');
    await look(office, 'authoring-8-published');
    await page.goto('/items/change-others');
    await expect(page.locator('h1')).toContainText('其他事项');
  });
});

test('a window asks for a change; the public is asked, answered, and reads it', async ({ page, browser }) => {
  const clerk = await officer(browser, 'clerk1');
  const admin = await officer(browser, 'urban-item-admin');
  const office = await officer(browser, 'standards1');

  await test.step('the clerk files a request', async () => {
    await clerk.goto('/desk/requests?item=sign-filing');
    await clerk.getByLabel('要改什么').fill('招牌备案的叫法改为店招备案');
    await clerk.getByLabel('为什么').fill('申请人都说店招');
    await look(clerk, 'authoring-9-request');
    await clerk.getByRole('button', { name: '提交，等候答复' }).click();
    await told(clerk, '10 个工作日内答复');
  });

  await test.step('the authority takes it up and edits the item', async () => {
    await admin.goto('/desk/requests');
    await admin.getByRole('link', { name: /店招备案/ }).click();
    await look(admin, 'authoring-10-answer');
    await admin.getByRole('button', { name: '采纳，新建修订稿' }).click();
    await admin.getByRole('link', { name: '名称和状态' }).click();
    await admin.getByLabel('群众的叫法').fill('店招备案');
    await look(admin, 'authoring-11-names');
    await admin.getByRole('button', { name: '保存' }).click();
    await told(admin, '已保存到修订稿');
    await admin.getByRole('link', { name: '回到修订稿' }).click();
    await admin.getByRole('button', { name: '提交', exact: true }).click();
    await told(admin, '等两位负责人签字');
  });

  await test.step('anybody may say something, without a name', async () => {
    await office.goto(new URL(admin.url()).pathname);
    await office.getByLabel('截止日').fill(inTwoWeeks());
    await office.getByRole('button', { name: '公开征求意见' }).click();
    await told(office, '已在门户公开征求意见');
    await page.goto('/consultations');
    await look(page, 'authoring-12-consultations');
    await page.getByRole('link', { name: /修订：户外招牌/ }).first().click();
    await expect(page.locator('main')).toContainText('店招备案');
    await look(page, 'authoring-13-consultation');
    await page.getByLabel('有修改建议').check();
    await page.getByLabel('您的意见').fill('两种叫法都写上。');
    await page.getByRole('button', { name: '提交意见' }).click();
    await expect(page.locator('main')).toContainText('已经收到您的意见');
    await expect(page.locator('main')).not.toContainText('两种叫法都写上');
  });

  await test.step('the office answers, and everybody reads it', async () => {
    await office.getByRole('link', { name: '查看和答复' }).click();
    await office.getByLabel('答复', { exact: true }).fill('采纳，指南里两种叫法都能搜到。');
    await office.getByLabel(/同时公开原话/).check();
    await look(office, 'authoring-14-comments');
    await office.getByRole('button', { name: '公开答复' }).click();
    await told(office, '答复已公开');
    await page.reload();
    await expect(page.locator('main')).toContainText('两种叫法都写上');
    await expect(page.locator('main')).toContainText('采纳，指南里两种叫法都能搜到。');
  });
});

test('a material, a question and the order of papers are kept in forms', async ({ browser }) => {
  const office = await officer(browser, 'standards1');
  let home = '';

  await test.step('a revision of no item in particular', async () => {
    await office.goto('/desk/revisions');
    await office.getByLabel('新修订稿的标题').fill('招牌要交现场照片');
    await office.getByRole('button', { name: '新建修订稿' }).click();
    await told(office, '修订稿已新建');
    home = new URL(office.url()).pathname;
  });

  await test.step('a new material, with what is wrong said beside the box', async () => {
    await office.getByRole('link', { name: '材料', exact: true }).click();
    await office.getByRole('button', { name: '新增' }).click();
    await expect(office.locator('#f-id-error')).toBeVisible();
    await office.getByLabel('代号', { exact: true }).fill('site-photo');
    await office.getByRole('radio', { name: 'materials/business.yaml' }).check();
    await office.getByLabel('规范名称').fill('现场照片');
    await office.getByRole('radio', { name: '申请人自备' }).check();
    await look(office, 'authoring-20-materials');
    await office.getByRole('button', { name: '新增' }).click();
    await told(office, '已保存到修订稿');
    await expect(office.getByRole('heading', { level: 1 })).toHaveText('现场照片');
    await look(office, 'authoring-21-material');
  });

  await test.step('a question of a theme, its options a line each', async () => {
    await office.goto(`${home}/themes?q=理发`);
    await office.getByRole('link', { name: '开一家理发店' }).click();
    await look(office, 'authoring-22-theme');
    await office.getByRole('link', { name: '情形问题' }).click();
    await look(office, 'authoring-23-questions');
    await office.getByRole('link', { name: /^修改 ?第 2 条/ }).click();
    await expect(office.getByLabel('选项')).toHaveValue(/^individual = 个体工商户 \| /);
    await look(office, 'authoring-24-question');
    await office.getByLabel('问题').fill('您打算办成哪一种主体？');
    await office.getByRole('button', { name: '保存' }).click();
    await told(office, '已保存到修订稿');
  });

  await test.step('papers change places', async () => {
    await office.goto(`${home}/items/sign-filing/materials`);
    const first = office.getByRole('row').nth(1);
    const name = await first.getByRole('rowheader').innerText();
    await first.getByRole('button', { name: '第 1 条下移' }).click();
    await told(office, '已保存到修订稿');
    await expect(office.getByRole('row').nth(2).getByRole('rowheader')).toHaveText(name);
    await look(office, 'authoring-25-order');
  });

  await test.step('the dry run names them all', async () => {
    await office.goto(`${home}/dry-run`);
    for (const said of ['材料 · 现场照片', '一件事主题 · 开一家理发店']) {
      await expect(office.getByRole('heading', { name: said })).toBeVisible();
    }
    await look(office, 'authoring-26-dry-run');
    await office.goto(home);
    await look(office, 'authoring-27-revision');
    await office.getByLabel('撤销的理由').fill('只是看看。');
    await office.getByRole('button', { name: '撤销', exact: true }).click();
    await told(office, '撤销');
  });
});
