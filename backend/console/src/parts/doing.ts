/** What can be done with somebody who is shown. */
export type Doing = { says: string; does: () => void; chosen?: boolean };
