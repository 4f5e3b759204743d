// What officers do at the desk: find the case in the to-do list and give the one order that is theirs.
import { expect, type Browser, type Page } from '@playwright/test';

import { masked, officer } from './people';

/** Opens the row of this applicant and matter from the officer's own list. */
export async function openRow(desk: Page, applicant: string, matter: string | RegExp): Promise<void> {
  await desk.goto('/desk');
  const row = desk.locator('table[data-list] tbody tr', { hasText: masked(applicant) }).filter({ hasText: matter });
  await row.first().getByRole('link').first().click();
  await expect(desk.locator('.case-head h1')).toContainText(matter);
}

/** Agrees and passes the case on. */
export async function agree(desk: Page, words: string): Promise<void> {
  const order = desk.locator('#order-complete-step');
  await order.locator('textarea').fill(words);
  await order.getByRole('button', { name: /^同意/ }).click();
  await expect(desk.getByRole('status').first()).toContainText('意见已记录：同意');
}

/** Grants: the letter is shown first and sent by a second press. */
export async function grant(desk: Page): Promise<void> {
  await desk.locator('#order-decide .btn-seal').click();
  await expect(desk.getByRole('article', { name: '将发出的文书' })).toBeVisible();
  await desk.getByRole('button', { name: /，发出$/ }).click();
  await expect(desk.getByRole('status').first()).toContainText('已作出准予决定');
}

/** Makes the licence. */
export async function issue(desk: Page): Promise<void> {
  await desk.locator('#order-issue .btn-seal').click();
  await expect(desk.getByRole('status').first()).toContainText('已出证，可以送达');
}

export type Role = 'handler' | 'reviewer' | 'approver' | 'issuer';

/** One officer does what their role does with this case, in a browser of their own. */
export async function work(browser: Browser, office: string, role: Role, applicant: string, matter: string | RegExp): Promise<void> {
  const desk = await officer(browser, `${office}-${role}`);
  await openRow(desk, applicant, matter);
  if (role === 'approver') await grant(desk);
  else if (role === 'issuer') await issue(desk);
  else await agree(desk, role === 'handler' ? '材料齐全，符合法定形式，拟同意。' : '同意承办意见。');
  await desk.context().close();
}
