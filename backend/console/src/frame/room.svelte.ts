// How much room there is, in the page's own letters: large text folds columns as a narrow window does. The styles read
// it from the root, so that they and the components always agree.
type Size = 'narrow' | 'tight' | 'usual' | 'wide';

const sizeOf = (ems: number): Size => {
  if (ems < 48) return 'narrow';
  if (ems < 84) return 'tight';
  return ems < 105 ? 'usual' : 'wide';
};

class Room {
  ems = $state(90);
  readonly size: Size = $derived(sizeOf(this.ems));

  constructor() {
    const root = document.documentElement;
    const measure = () => {
      this.ems = innerWidth / parseFloat(getComputedStyle(root).fontSize);
      root.dataset['room'] = sizeOf(this.ems);
    };
    measure();
    addEventListener('resize', measure);
  }
}

export const room = new Room();
