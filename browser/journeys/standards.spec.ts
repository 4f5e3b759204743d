// What an office brings in becomes a public list, defects named; and a proposal that an authority refuses is overruled.
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

import { filed } from './filed';
import { look } from './look';
import { officer } from './people';

const FILE = fileURLToPath(new URL('../../samples/guangan/items-2025.csv', import.meta.url));
/** What Nanhai hands over; the server of the run writes it. */
const PLACE = `${process.env.TMPDIR ?? tmpdir()}/yimen-browser-${process.env.BROWSER_PORT ?? 8181}-place.json`;

test('a real list comes in with its defects, goes back with them, and is public once published', async ({ page, browser }) => {
  const office = await officer(browser, 'standards1');

  await test.step('the file is read and every defect has a name and a mend', async () => {
    await office.goto('/desk/lists');
    await office.locator('#file').setInputFiles(FILE);
    await look(office, 'lists-1-bring-in');
    await office.getByRole('button', { name: '读入并检查' }).click();
    await expect(office.getByRole('status').first()).toContainText('文件已读入');
    const defects = office.getByRole('region', { name: '发现的问题' });
    for (const name of ['信用代码位数不对', '旧编码', '没有归到主项', '同名不同码']) {
      await expect(defects).toContainText(name);
    }
    await expect(office.locator('aside')).toContainText('1,135 行');
    await look(office, 'lists-2-batch');
    await defects.getByRole('link', { name: '旧编码' }).click();
    await expect(office.getByRole('region', { name: '逐行查看' })).toContainText('不符合现行的编码结构');
    await look(office, 'lists-3-one-defect');
  });

  await test.step('the office gets its own file back', async () => {
    const coming = office.waitForEvent('download');
    await office.getByRole('link', { name: '下载问题清单，退给部门' }).click();
    expect((await coming).suggestedFilename()).toBe('items-2025（问题清单）.xlsx');
  });

  await test.step('nothing is public before it is published', async () => {
    await page.goto('/lists/powers?q=延缓入学');
    await expect(page.locator('main')).toContainText('没有符合条件的项目');
    await office.getByRole('button', { name: '发布到清单' }).click();
    await expect(office.getByRole('status').first()).toContainText('公众现在就能查到');
    await page.reload();
    await page.getByRole('link', { name: /延缓入学/ }).click();
    await expect(page.locator('main')).toContainText('511A0138000000');
    await look(page, 'lists-4-row');
    await page.goto('/lists');
    await look(page, 'lists-5-public');
  });
});

test('an authority refuses a proposal with a reason and is overruled', async ({ browser }) => {
  const office = await officer(browser, 'standards1');
  const authority = await officer(browser, 'land-item-admin');
  const paper = /“原不动产权属证书”由政府部门核发/;

  await test.step('proposals are made from the catalogue and sent', async () => {
    await office.goto('/desk/proposals');
    await office.getByRole('button', { name: '按现行目录生成建议' }).click();
    await expect(office.getByRole('status').first()).toContainText('建议已生成');
    await look(office, 'proposals-1-made');
    await authority.goto('/desk/proposals');
    await expect(authority.locator('main')).toContainText('没有要看的建议');
    await office.getByRole('row', { name: /自然资源禅城分局/ }).getByRole('button', { name: /发送/ }).first().click();
    await expect(office.getByRole('status').first()).toContainText('已发给部门');
  });

  await test.step('no without a reason is none', async () => {
    await authority.reload();
    await authority.getByRole('link', { name: paper }).click();
    await authority.getByRole('button', { name: '不同意' }).click();
    await expect(authority.locator('main')).toContainText('没有写理由');
    await look(authority, 'proposals-2-no-reason');
    await authority.getByLabel('不同意的理由').fill('领取新证时要收回旧证。');
    await authority.getByRole('button', { name: '不同意' }).click();
    await expect(authority.getByRole('status').first()).toContainText('已答复不同意');
    await expect(authority.locator('aside')).toContainText('现在没有要您办的');
  });

  await test.step('the office overrules it, and says why', async () => {
    await office.getByRole('link', { name: paper }).click();
    await expect(office.locator('main')).toContainText('领取新证时要收回旧证');
    await office.getByLabel('不采纳部门意见的理由').fill('旧证在发证时收回，申请时不必提交。');
    await office.getByRole('button', { name: '不采纳，按建议落实' }).click();
    await expect(office.getByRole('status').first()).toContainText('部门要按建议落实');
    await look(office, 'proposals-3-overruled');
    await authority.reload();
    await expect(authority.locator('main')).toContainText('待落实');
    await office.goto('/desk/proposals');
    await look(office, 'proposals-4-progress');
  });
});

test('a neighbouring district is compared with, matter by matter', async ({ browser }) => {
  const office = await officer(browser, 'standards1');

  await test.step('what the other place exported is taken in', async () => {
    await office.goto('/desk/comparison');
    await expect(office.locator('main')).toContainText('还没有比对的地区');
    await look(office, 'comparison-1-alone');
    await office.locator('#file').setInputFiles(PLACE);
    await office.getByRole('button', { name: '加入比对' }).click();
    await expect(office.getByRole('status').first()).toContainText('已加入比对');
  });

  await test.step('why the counts differ', async () => {
    const counts = office.getByRole('region', { name: '事项数量' });
    await expect(counts.getByRole('row', { name: /佛山市南海区/ })).toContainText('34');
    await expect(office.locator('main')).toContainText(/佛山市禅城区比佛山市南海区多列 \d+ 项/);
    await look(office, 'comparison-2-places');
  });

  await test.step('one matter side by side, with what it costs the applicant', async () => {
    await office.getByLabel('差在哪里').selectOption({ label: '到场次数' });
    await office.getByRole('button', { name: '筛选' }).click();
    const matters = office.getByRole('region', { name: '逐项比对' });
    await expect(matters).toContainText('多跑 1 趟');
    await look(office, 'comparison-3-trips');
    await matters.getByRole('link', { name: /社会保障卡/ }).click();
    await expect(office.locator('main')).toContainText('要到场 1 次，最少的 0 次');
    await look(office, 'comparison-4-matter');
  });

  await test.step('the report prints, and the table goes out', async () => {
    await office.goto('/desk/comparison/report');
    await expect(office.locator('main')).toContainText('建议的共同标准');
    await look(office, 'comparison-5-report');
    const coming = office.waitForEvent('download');
    await office.getByRole('link', { name: '下载 Excel' }).click();
    expect((await coming).suggestedFilename()).toBe('佛山市禅城区比对.xlsx');
  });

  await test.step('an authority may look and changes nothing', async () => {
    const authority = await officer(browser, 'land-item-admin');
    await authority.goto('/desk/comparison?standing=renamed');
    await expect(authority.locator('main')).toContainText('更名');
    await expect(authority.getByRole('button', { name: /移除/ })).toHaveCount(0);
    await authority.context().close();
  });

  await test.step('a place is taken away again', async () => {
    await office.goto('/desk/comparison');
    await office.getByRole('button', { name: /移除/ }).click();
    await expect(office.locator('main')).toContainText('还没有比对的地区');
  });
  await office.context().close();
});

test('what the reform spares is measured on the cases there were', async ({ browser, baseURL }) => {
  await filed(baseURL!, '梁伟雄', 'open-hair-salon', { site_area: 30 });
  const office = await officer(browser, 'standards1');
  await office.goto('/desk/reduction');
  const all = office.getByRole('region', { name: '全部申请' });
  await expect(all.getByRole('row', { name: /要交的材料/ })).toContainText('减');
  await expect(office.getByRole('region', { name: '各个主题' })).toContainText('理发店');
  await look(office, 'reduction-1');
  await office.goto('/desk/proposals/practice');
  await expect(office.getByRole('region', { name: '各个事项' }).getByRole('row', { name: /公共场所卫生许可/ })).toBeVisible();
  await look(office, 'practice-1');
  await office.context().close();
});
