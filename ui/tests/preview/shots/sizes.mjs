// The screens of the pictures.
export const narrow = { width: 320, height: 700 };
/** The least of them. */
export const small = { width: 320, height: 568 };
export const phone = { width: 390, height: 844 };
export const tablet = { width: 768, height: 1024 };
export const wide = { width: 1280, height: 800 };
/** As much as a keyboard leaves of a phone. */
export const typing = { width: 390, height: 510 };
