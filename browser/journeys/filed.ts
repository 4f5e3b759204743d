// An application filed through the interface, for journeys that begin at the desk.
import { expect, request, type APIRequestContext } from '@playwright/test';

import { TYPED } from './form';
import { pdf } from './papers';
import { PEOPLE, type Name } from './people';

type Field = { element: string; open: boolean; origin: string; required: boolean; texts: string[]; fault?: unknown; kind: { code: string }; options: { code: string }[] };
type Draft = { id: string; version: number; sections: { fields: Field[] }[]; papers: { slot: string; missing: boolean }[]; missing: unknown[] };

/** What somebody types into a field of this kind. */
function entry(field: Field): unknown {
  switch (field.kind.code) {
    case 'choice': return field.options[0]?.code;
    case 'multi': return [field.options[0]?.code];
    case 'bool': return true;
    case 'number': return Number(TYPED[field.element] ?? 12);
    case 'date': return '2026-01-05';
    case 'citizen-id': return PEOPLE['林秀芬'];
    case 'phone': return '13800138000';
    case 'email': return 'name@example.cn';
    default: return TYPED[field.element] ?? '同安路6号';
  }
}

async function told<T>(answer: { ok(): boolean; text(): Promise<string>; json(): Promise<T> }): Promise<T> {
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}

/** Files `theme` for this resident and gives the application's id. */
export async function filed(baseURL: string, name: Name, theme: string, answers: Record<string, unknown>): Promise<string> {
  let api: APIRequestContext = await request.newContext({ baseURL });
  const session = await told<{ csrf: string }>(
    await api.post('/api/v1/session', { data: { kind: 'resident', citizen_id: PEOPLE[name], name } }),
  );
  const signedIn = await api.storageState();
  await api.dispose();
  api = await request.newContext({ baseURL, storageState: signedIn, extraHTTPHeaders: { 'x-csrf-token': session.csrf } });
  let draft = await told<Draft>(await api.post('/api/v1/drafts', { data: { theme, answers } }));
  const path = `/api/v1/drafts/${draft.id}`;
  // What follows from another entry may turn out not to follow, and is typed then.
  for (let round = 0; round < 2; round++) {
    const open = draft.sections.flatMap((section) => section.fields).filter((field) => field.open && field.origin === 'typed' && field.required);
    const fields = Object.fromEntries(open.map((field) => [field.element, field.fault ? entry(field) : field.texts]));
    draft = await told<Draft>(await api.put(`${path}/form`, { data: { version: draft.version, fields } }));
  }
  for (const { slot } of draft.papers.filter((paper) => paper.missing)) {
    await told(await api.post(`${path}/papers?paper=${encodeURIComponent(slot)}`, { multipart: { file: pdf('scan.pdf', slot) } }));
  }
  const submitted = await told<{ id: string }>(await api.post(`${path}/submit`, { data: { declared: true } }));
  await api.dispose();
  return submitted.id;
}
