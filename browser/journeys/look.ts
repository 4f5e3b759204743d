// Pictures of every page for people to look at, and the promise every page keeps at every width.
import { expect, type Page } from '@playwright/test';

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 800 };

/** Pictures cost half of the time of a run, so they are taken when asked for: `SHOTS=1 npx playwright test`. */
const PICTURES = Boolean(process.env.SHOTS);

/** Saves the page as it stands into shots/WIDTH/NAME.png; a desk journey looks at the phone width as well. */
export async function look(page: Page, name: string): Promise<void> {
  const own = page.viewportSize() ?? DESK;
  const widths = own.width > PHONE.width ? [own, PHONE] : [own];
  for (const size of widths) {
    await page.setViewportSize(size);
    await expect(page.locator('main h1:visible, h1:visible').first()).toBeVisible();
    await staysInWidth(page, name);
    await picture(page, name);
  }
  await page.setViewportSize(own);
}

/** Saves the whole page at the width it has. */
export async function picture(page: Page, name: string): Promise<void> {
  const width = page.viewportSize()?.width ?? DESK.width;
  if (PICTURES) await page.screenshot({ path: `shots/${width}/${name}.png`, fullPage: true, animations: 'disabled' });
}

/** Nobody scrolls sideways to read a page: tables scroll in their own box. */
export async function staysInWidth(page: Page, name: string): Promise<void> {
  const [wide, room] = await page.evaluate(() => {
    const root = document.documentElement;
    return [root.scrollWidth, root.clientWidth];
  });
  expect.soft(wide, `${name} scrolls sideways: ${wide} px in ${room} px`).toBeLessThanOrEqual(room);
}
