// axe on every page, at both widths and in elder mode, and no sideways scrolling at twice the size.
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

import { filed } from './filed';
import { DESK, PHONE, picture, staysInWidth } from './look';
import { officer, resident } from './people';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds, each with its places, so that a failure says where to look. */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.map((one) => `${one.id} (${one.help}): ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
}

/** Looks at one address in every way somebody may see it. */
async function fits(page: Page, name: string, address: string): Promise<void> {
  await page.goto(address);
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    expect.soft(await faults(page), `${name} at ${size.width}`).toEqual([]);
    await staysInWidth(page, `${name} at ${size.width}`);
    await picture(page, `page-${name}`);
  }
  // 200 %: a window of 1280 shows what 640 would.
  await page.setViewportSize({ width: 640, height: 400 });
  await staysInWidth(page, `${name} at 200 %`);
  await page.setViewportSize(DESK);
}

/** The same in elder mode: larger text, stronger colours. */
async function fitsLarge(page: Page, name: string, address: string): Promise<void> {
  await page.setViewportSize(PHONE);
  await page.goto(address);
  expect(await page.locator('html').getAttribute('data-text')).toBe('large');
  expect.soft(await faults(page), `${name}, elder mode`).toEqual([]);
  await staysInWidth(page, `${name}, elder mode`);
  await picture(page, `elder-${name}`);
}

const PUBLIC: [string, string][] = [
  ['home', '/'],
  ['search', '/search?q=%E5%BC%80%E9%A4%90%E9%A6%86'],
  ['matters', '/matters'],
  ['questions', '/matters/open-restaurant?site_area=320'],
  ['plan', '/matters/open-restaurant/plan?site_area=320'],
  ['items', '/items'],
  ['guide', '/items/food-permit-new'],
  ['help', '/help'],
  ['lists', '/lists'],
  ['list', '/lists/powers'],
  ['about', '/about'],
  ['verify-licence', '/licences/verify'],
  ['delegations', '/delegations'],
  ['sign-in', '/sign-in'],
  ['lost', '/nothing-here'],
];

/** What an elder passes through from the wish to the result. */
const LARGE = ['home', 'questions', 'plan', 'sign-in', 'mine', 'draft-form', 'draft-papers', 'draft-check', 'matter'];

test('pages open to everybody', async ({ page }) => {
  for (const [name, address] of PUBLIC) await fits(page, name, address);
});

test('pages of a resident, and elder mode', async ({ page, baseURL }) => {
  const matter = await filed(baseURL!, '李婉仪', 'open-hair-salon', { site_area: 30 });
  await resident(page, '李婉仪', '/matters/open-hair-salon/plan?site_area=40');
  await page.getByRole('button', { name: '开始办理' }).first().click();
  const draft = page.url().replace(/\/form$/, '');
  const own: [string, string][] = [
    ['mine', '/mine'],
    ['records', '/records'],
    ['looks', '/records/looks'],
    ['messages', '/messages'],
    ['draft-questions', `${draft}/questions`],
    ['draft-form', `${draft}/form`],
    ['draft-papers', `${draft}/papers`],
    ['draft-check', `${draft}/check`],
    ['matter', `/applications/${matter}`],
    ['receipt', `/applications/${matter}/receipt`],
    ['withdraw', `/applications/${matter}/withdraw`],
  ];
  for (const [name, address] of own) await fits(page, name, address);
  await page.goto('/');
  await page.getByRole('button', { name: '大字版' }).click();
  const main = [...PUBLIC, ...own].filter(([name]) => LARGE.includes(name));
  for (const [name, address] of main) await fitsLarge(page, name, address);
});

test('pages of the desk', async ({ page, browser, baseURL }) => {
  const matter = await filed(baseURL!, '林秀芬', 'open-hair-salon', { site_area: 30 });
  await fits(page, 'desk-sign-in', '/desk/sign-in');
  const clerk = await officer(browser, 'clerk1');
  const pages: [string, string][] = [
    ['desk-list', '/desk'],
    ['desk-application', `/desk/applications/${matter}`],
    ['desk-window', '/desk/window'],
    ['desk-find', '/desk/find?number=123'],
    ['desk-incoming', '/desk/incoming'],
  ];
  for (const [name, address] of pages) await fits(clerk, name, address);
  await clerk.getByRole('button', { name: '深色' }).click();
  await expect(clerk.locator('html')).toHaveAttribute('data-theme', 'dark');
  for (const [name, address] of pages.slice(0, 2)) {
    await clerk.goto(address);
    expect.soft(await faults(clerk), `${name}, dark`).toEqual([]);
    await picture(clerk, `dark-${name}`);
  }
  await clerk.goto(`/desk/applications/${matter}`);
  await clerk.locator('#order-accept').getByRole('button').first().click();
  await expect(clerk.getByRole('status').first()).toContainText('已全部受理');
  const first = await clerk.getByRole('link', { name: '个体工商户设立登记' }).first().getAttribute('href');
  await clerk.context().close();
  const approver = await officer(browser, 'market-approver');
  await fits(approver, 'desk-case', first ?? '');
  await approver.context().close();
  const admin = await officer(browser, 'admin1');
  const office = await officer(browser, 'standards1');
  await fits(office, 'desk-lists', '/desk/lists');
  await fits(office, 'desk-proposals', '/desk/proposals');
  await fits(admin, 'desk-work', '/desk/work');
  await fits(admin, 'desk-work-dead', '/desk/work?place=dead');
  for (const page of ['systems', 'webhooks', 'connectors', 'connectors/signboard', 'messages']) {
    await fits(admin, `desk-${page.replace('/', '-')}`, `/desk/${page}`);
  }
  await admin.context().close();
  const steward = await officer(browser, 'steward1');
  await fits(steward, 'desk-objections', '/desk/objections');
  await steward.context().close();
});
