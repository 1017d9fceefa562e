import { expect, it } from 'vitest';
import { latinOf } from '../src/lib/words/latin';

it('proposes a name as a passport would have it', () => {
  expect(latinOf('Айгүл Серікқызы Асқарова')).toBe('Aigul Serikkyzy Askarova');
  expect(latinOf('Сергей Юрьевич Щербаков')).toBe('Sergey Yurevich Shcherbakov');
  expect(latinOf('Һибатулла Әл-Фараби')).toBe('Hibatulla Al-Farabi');
  expect(latinOf('ӨМІР ЖАҢАБАЙ')).toBe('Omir Zhanabay');
});

it('proposes nothing for what is in Latin letters already', () => {
  expect(latinOf('Aigul Askarova')).toBe('');
  expect(latinOf('')).toBe('');
});
