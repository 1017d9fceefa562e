// Each picture once in every language, for whoever looks at it at every width and size of text; dark in one, as colours
// know no language.
import { speak } from './acts.mjs';

const LANGS = ['kk', 'ru', 'en'];
const WIDTHS = [320, 390, 768, 1000, 1280];

const sizes = WIDTHS.flatMap((width) =>
  [false, true].map((zoom) => ({
    name: `${width}${zoom ? '-200' : ''}`,
    size: { width, height: width < 768 ? 800 : 900 },
    zoom,
  })),
);
const looks = [{ lang: 'kk', dark: true, sizes: [] }, ...LANGS.map((lang) => ({ lang, dark: false, sizes }))];

const IN_LANGUAGE = /_(kk|ru|en)$/;
/** What a picture is of, whatever its language, colours and size. */
const subjectOf = ({ view, hash, act, party, listed, left, thread, notices }) =>
  JSON.stringify([view.replace(IN_LANGUAGE, ''), hash, String(act), party, listed, left, thread, notices]);

/** No phone has a voice of Kazakh. */
const isThere =
  ({ act }) =>
  ({ lang }) =>
    act !== speak || lang !== 'kk';

export function inEvery(shots) {
  const subjects = new Map(shots.filter(({ noScript }) => !noScript).map((shot) => [subjectOf(shot), shot]));
  return [...subjects.values()].flatMap((shot) =>
    looks.filter(isThere(shot)).map((look) => ({
      ...shot,
      ...look,
      name: `${shot.name}-in-${look.lang}${look.dark ? '-dark' : ''}`,
      view: shot.view.replace(IN_LANGUAGE, `_${look.lang}`),
      zoom: false,
      size: { width: 390, height: 844 },
    })),
  );
}
