// The courier's twin, as the journeys move it on.
import { expect, type APIRequestContext, type Page } from '@playwright/test';

/** Where the twins of a run listen: beside the server. */
export const TWINS = `http://127.0.0.1:${Number(process.env.BROWSER_PORT ?? 8181) + 1}`;

export type Scan = 'collected' | 'moving' | 'out-for-delivery' | 'signed' | 'returned' | 'lost';

/** The courier does the next thing with a parcel, and calls back. It may not have heard of the parcel yet. */
export async function scan(api: APIRequestContext, number: string, kind: Scan, signer?: string): Promise<void> {
  await expect(async () => {
    const told = await api.post(`${TWINS}/courier/shipments/${number}/next`, { data: { kind, signer } });
    expect(told.ok(), await told.text()).toBe(true);
  }).toPass();
}

/** 寄递单号, wherever the page names it. */
export async function numberOn(page: Page): Promise<string> {
  const text = await page.locator('main').innerText();
  const found = text.match(/K\d{19}/);
  expect(found, text).not.toBeNull();
  return found![0];
}
