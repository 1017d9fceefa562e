// Each picture once in every language of the page, at the widths of its kind: a desk's or a phone's. What an officer or a
// traveller wrote stays as it was written.
const LANGS = ['kk', 'ru', 'en'];
const PHONE = 600;
const WIDTHS = { phone: [320, 390], desk: [1280, 1440, 1920] };

const IN_LANGUAGE = /-(kk|ru|en)$/;
/** What a picture is of, whatever its language and colours. */
const subjectOf = ({ name }) => name.replace(IN_LANGUAGE, '').replace(/-dark$/, '');

const sizesOf = ({ size }) =>
  (size.width < PHONE ? WIDTHS.phone : WIDTHS.desk).map((width) => ({ name: `${width}`, size: { ...size, width } }));

export function inEvery(shots) {
  const subjects = new Map(shots.filter(({ print }) => !print).map((shot) => [subjectOf(shot), shot]));
  return [...subjects].flatMap(([subject, shot]) =>
    LANGS.map((lang) => ({ ...shot, lang, dark: false, name: `${subject}-in-${lang}`, sizes: sizesOf(shot) })),
  );
}
