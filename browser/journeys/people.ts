// Who takes part: residents of the demonstration and officers of the sample district.
import { expect, type Browser, type Page } from '@playwright/test';

export const PASSWORD = 'yimen-2026';

/** Demo residents and their numbers. Each journey has its own, so that none finds the traces of another. */
export const PEOPLE = {
  何志远: '440603199003189019',
  陈嘉怡: '440603199605209005',
  黄国强: '440602197908159011',
  李婉仪: '440603199507099009',
  梁俊杰: '440603199302119010',
  周敏: '440603199810029003',
  吴文浩: '440602199706259013',
  冯桂兰: '440603194404069007',
  梁伟雄: '44060219751230901X',
  关少玲: '44060319830901900X',
  张磊: '420106199101279016',
  王海涛: '43010419920914901X',
  林秀芬: '440603198811239008',
} as const;
export type Name = keyof typeof PEOPLE;

/** 何**: how lists show a name to those who do not work on the case. */
export function masked(name: string): string {
  return `${name.slice(0, 1)}${'*'.repeat(name.length - 1)}`;
}

/** Chooses a demo resident on the sign-in page, wherever it was asked for. */
export async function signInAs(page: Page, name: Name): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: '登录' })).toBeVisible();
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
}

/** Goes to the sign-in page first. */
export async function resident(page: Page, name: Name, back = '/mine'): Promise<void> {
  await page.goto(`/sign-in?back=${encodeURIComponent(back)}`);
  await signInAs(page, name);
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** A browser of their own for an officer, signed in with login and password. */
export async function officer(browser: Browser, login: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto('/desk/sign-in');
  await page.getByRole('textbox', { name: '账号' }).fill(login);
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  return page;
}
