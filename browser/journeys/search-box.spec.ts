// The search box as a combobox: a list while one types, walked by arrows, opened by Enter, put away by Esc.
import { expect, test } from '@playwright/test';

test('the list under the box is walked by keyboard alone', async ({ page }) => {
  await page.goto('/');
  const box = page.getByRole('combobox');
  await expect(box).toHaveAttribute('aria-expanded', 'false');
  await box.pressSequentially('开饭馆');
  const options = page.getByRole('listbox').getByRole('option');
  await expect(options.first()).toContainText('开一家餐饮店');
  await expect(box).toHaveAttribute('aria-expanded', 'true');
  await expect(box).not.toHaveAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expect(box).toHaveAttribute('aria-activedescendant', 'find-1');
  await page.keyboard.press('ArrowUp');
  await expect(box, 'back in the box').not.toHaveAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toBeHidden();
  await expect(box, 'what was typed stays').toHaveValue('开饭馆');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expect(box, 'the focus never leaves the box').toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/matters\/open-restaurant/);
});

test('without a choice Enter searches, and what was meant is offered', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('combobox').pressSequentially('失液金');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?q=/);
  await page.getByRole('link', { name: '失业金', exact: true }).click();
  await expect(page.locator('#found').getByRole('link').first()).toContainText('失业');
  await page.getByText('按个人、企业或者大厅筛选').click();
  await page.getByLabel('给谁办').selectOption('company');
  await page.waitForURL(/for=company/);
  await expect(page.locator('#found')).not.toContainText('失业了，领失业金');
});
