// How a name would stand in a passport: a proposal, which its bearer compares with theirs.

/** As the passports of Kazakhstan write them; what Kazakh and Russian share once. */
const LETTERS: Record<string, string> = Object.fromEntries(
  (
    'а a ә a б b в v г g ғ g д d е e ё yo ж zh з z и i й i к k қ k л l м m н n ң n о o ө o п p р r с s т t у u ұ u ' +
    'ү u ф f х kh һ h ц ts ч ch ш sh щ shch ъ  ы y і i ь  э e ю yu я ya'
  )
    .split(/ (?=\p{Script=Cyrillic})/u)
    .map((pair) => pair.split(' ') as [string, string]),
);

/** Empty for a name that is in Latin letters already, or in letters of others. */
export function latinOf(name: string): string {
  if (!/\p{Script=Cyrillic}/u.test(name)) return '';
  // at its end a short i is written as in "Sergey"
  const spelled = name.toLocaleLowerCase('kk').replace(/й(?!\p{L})/gu, 'y');
  const latin = [...spelled].map((letter) => LETTERS[letter] ?? letter).join('');
  return latin.replace(/(^|[\s-])(\p{L})/gu, (_, before: string, first: string) => before + first.toUpperCase());
}
