// How much room there is, in the page's own letters: large text folds columns as a narrow window does.
class Room {
  width = $state(innerWidth);
  em = $state(16);

  constructor() {
    const measure = () => {
      this.width = innerWidth;
      this.em = parseFloat(getComputedStyle(document.documentElement).fontSize);
    };
    measure();
    addEventListener('resize', measure);
    new ResizeObserver(measure).observe(document.documentElement);
  }
}

export const window = new Room();
