// Guidance ships with the app and does not change while it runs: read once.
import { failureOf, guidance, type Topic } from './api';

class Topics {
  list = $state.raw<Topic[] | null>(null);
  failed = $state(false);

  open(): void {
    if (this.list !== null) return;
    guidance().then(
      (topics) => {
        this.list = [...topics].sort((a, b) => a.order - b.order);
        this.failed = false;
      },
      (thrown: unknown) => {
        failureOf(thrown);
        this.failed = true;
      },
    );
  }
}

export const topics = new Topics();
