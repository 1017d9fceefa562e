// What to write to somebody of whom nobody has heard.
import { checkInWords } from './codes';
import { m } from './index';

export const noWordText = (people: number): string =>
  m.noword_text({ app: m.app_name(), button: checkInWords('safe', people) });
