// Filling the one form in, as a person does: what is prefilled stays, what is open gets a sensible value.
import type { Page } from '@playwright/test';

/** What somebody types, by element. Anything else takes `OTHERWISE`. */
export const TYPED: Record<string, string> = {
  ent_name: '佛山市禅城区福宁小馆（个体工商户）',
  family: '无',
  capital: '20',
  staff_n: '8',
  site_addr: '佛山市禅城区祖庙街道同安社区福宁路1号2座首层3号铺',
  site_right: '佛山市福宁物业有限公司，粤（2021）佛禅不动产权第0000001号',
  kitchen_area: '86.5',
  seats: '96',
  building_name: '福宁大厦',
  building_floors: '12',
  fire_exits: '2',
  fire_acceptance_no: '佛禅消备〔2021〕第012号',
  board_text: '福宁小馆',
  board_n: '1',
  board_size: '600×120×20',
  board_material: '铝板发光字',
  board_position: '首层门楣上方，不遮挡窗户',
  drain_daily: '6',
  drain_outlets: '1',
  drain_manhole: '福宁路W12号检查井',
  grease_trap: '2',
  food_mgr_name: '林秀芬',
  food_mgr_id: '440603198811239008',
  hyg_mgr_name: '林秀芬',
  hyg_mgr_id: '440603198811239008',
  health_certs: 'HC4406042026000123',
  fire_mgr_name: '何志远',
  fire_mgr_mobile: '13800138000',
  mobile: '13800138000',
  sign: '何志远',
};
const OTHERWISE = '同安路6号';

/** An open field of the page: its name and how it is filled. */
type Open = { name: string; kind: 'choose' | 'type' | 'date' | 'select' };

/** Fills every required field that stands empty, `own` before the usual; says how many that were. */
export async function fillIn(page: Page, own: Record<string, string> = {}): Promise<number> {
  const fields = await page.locator('main form .field[data-field]').evaluateAll((all) => {
    const open: Open[] = [];
    for (const field of all as HTMLElement[]) {
      const boxes = [...field.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), select, textarea')];
      const name = field.dataset.field ?? '';
      const first = boxes[0];
      if (!first || first.type === 'file' || field.querySelector('.optional')) continue;
      if (first.type === 'radio' || first.type === 'checkbox') {
        if (!boxes.some((box) => box.checked)) open.push({ name, kind: 'choose' });
      } else if (!first.value.trim()) {
        open.push({ name, kind: first.tagName === 'SELECT' ? 'select' : first.type === 'date' ? 'date' : 'type' });
      }
    }
    return open;
  });
  for (const { name, kind } of fields) {
    const field = page.locator(`.field[data-field="${name}"]`);
    if (kind === 'choose') await field.locator('.option').first().click();
    else if (kind === 'select') await field.locator('select').selectOption({ index: 1 });
    else if (kind === 'date') await field.locator('input').fill('2026-12-01');
    else await field.locator('input, textarea').fill(own[name] ?? TYPED[name] ?? OTHERWISE);
  }
  return fields.length;
}
