// Words and names that the samples share. Numbers are of the range reserved for fiction.
import type { Words } from '../../src/lib/api';

export const words = (kk: string, ru: string, en: string): Words => ({ kk, ru, en });
export const dubai = words('Дубай', 'Дубай', 'Dubai');
export const uae = words('Біріккен Араб Әмірліктері', 'ОАЭ', 'United Arab Emirates');
export const doha = words('Доха', 'Доха', 'Doha');
export const qatar = words('Катар', 'Катар', 'Qatar');
export const allDay = words('тәулік бойы', 'круглосуточно', 'around the clock');
/** The same in the call bar. */
export const always = words('24/7', '24/7', '24/7');
export const NUMBER = '+442079460123';
export const now = '2026-03-01T10:20:00Z';
