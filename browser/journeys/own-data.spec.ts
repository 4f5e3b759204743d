// What government knows of a person, who looked and why: the person reads it, objects to a look, the data steward answers,
// and everything can be taken home.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';

import { look } from './look';
import { officer, PEOPLE, resident } from './people';

const PERSON = '林秀芬';

test('a person sees who looked, objects, is answered, and takes a copy home', async ({ page, browser }) => {
  await test.step('a clerk looks the person up', async () => {
    const clerk = await officer(browser, 'clerk1');
    await clerk.goto('/desk/window');
    await clerk.getByLabel('身份证号').fill(PEOPLE[PERSON]);
    await clerk.keyboard.press('Enter');
    await expect(clerk.getByRole('region', { name: '面前的人' })).toContainText('查询已记录');
    await clerk.context().close();
  });

  await test.step('the person reads it and objects', async () => {
    await resident(page, PERSON, '/records');
    await expect(page.getByRole('heading', { level: 1, name: '我的信息' })).toBeVisible();
    await look(page, 'data-1-records');
    await page.getByRole('link', { name: /提出异议/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: '谁看过我的信息' })).toBeVisible();
    await look(page, 'data-2-looks');
    await page.getByRole('row', { name: /窗口/ }).getByRole('link', { name: '提出异议' }).first().click();
    await look(page, 'data-3-object');
    await page.getByRole('button', { name: '交给数据管理员核查' }).click();
    await expect(page.locator('.field-wrong .error'), 'an objection says something').toContainText('请填写异议');
    await page.locator('textarea').fill('那天我没有去过窗口，请核查是谁查的。');
    await page.getByRole('button', { name: '交给数据管理员核查' }).click();
    await expect(page.locator('main')).toContainText('异议已经记下');
    await expect(page.locator('main')).toContainText('正在核查');
    await look(page, 'data-4-objected');
  });

  await test.step('the data steward answers', async () => {
    const steward = await officer(browser, 'steward1');
    await steward.goto('/desk/objections');
    await expect(steward.locator('main')).toContainText('那天我没有去过窗口');
    await look(steward, 'data-5-objections');
    await steward.locator('textarea').fill('经核查，是综合窗口代您查询办件进度时录入的号码，已提醒当事人员。');
    await steward.getByRole('button', { name: /答复/ }).click();
    await expect(steward.getByRole('status').first()).toBeVisible();
    await look(steward, 'data-6-answered');
    await steward.context().close();
  });

  await test.step('and the person reads the answer, and takes everything home', async () => {
    await page.goto('/records/looks');
    await expect(page.locator('main')).toContainText('经核查，是综合窗口');
    await look(page, 'data-7-answer');
    await page.goto('/records');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出我的信息' }).click();
    const copy = JSON.parse(readFileSync(await (await downloading).path(), 'utf8'));
    expect(copy.person.name).toBe(PERSON);
    expect(JSON.stringify(copy.looks)).toContain('经核查，是综合窗口');
  });
});
