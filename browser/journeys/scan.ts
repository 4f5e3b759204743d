// What a telephone's camera makes of a QR code on the page.
import { expect, type Locator } from '@playwright/test';
import readCode from 'jsqr';
import { PNG } from 'pngjs';

/** Reads the QR code as it is drawn on the screen. */
export async function scan(code: Locator): Promise<string> {
  await code.scrollIntoViewIfNeeded();
  const picture = PNG.sync.read(await code.screenshot({ animations: 'disabled' }));
  // The package is CommonJS; which of the two it is depends on who bundles.
  const read = (readCode as unknown as { default?: typeof readCode }).default ?? readCode;
  const found = read(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  expect(found, 'the code can be read').not.toBeNull();
  return found!.data;
}
