// The page's policy lets in only styles that bear the nonce of this answer.
/** What the server gave this page. */
export const NONCE = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

// Libraries make some without asking for it (antd's lock of the page behind a dialog). What comes in by markup still has none.
const create = document.createElement.bind(document);
document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
  const element = create(name, options);
  if (element instanceof HTMLStyleElement) element.nonce = NONCE;
  return element;
};
