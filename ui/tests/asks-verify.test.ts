import { expect, it } from 'vitest';
import { asksVerify } from '../src/lib/words/asks-verify';

it('leads whoever looks for whether something is true', () => {
  for (const typed of ['правда', 'Правда ли', 'мошенники', 'рас па', 'алаяқ', 'алаяқтар', 'true', 'scam', 'фейк'])
    expect(asksVerify(typed), typed).toBe(true);
  for (const typed of ['', 'па', 'Дубай', 'виза', 'развязка', 'паспорт', 'truck'])
    expect(asksVerify(typed), typed).toBe(false);
});
