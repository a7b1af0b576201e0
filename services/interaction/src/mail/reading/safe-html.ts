// A mail as it may be shown to us: nothing in it runs, sends or fetches, and nothing leaves the place it is shown in.
import sanitize from "sanitize-html";

const COLOUR = /^(#[0-9a-f]{3,8}|[a-z]{3,20}|rgb\([\d\s,.%]{1,40}\))$/i;
const LENGTH = /^\d{1,4}(\.\d{1,3})?(px|pt|em|%)?$/;
const WORD = /^[a-z-]{1,20}$/i;

/** Nothing that takes a place of its own choice, and nothing with url(). */
const STYLES = {
  color: [COLOUR],
  "background-color": [COLOUR],
  "font-weight": [/^(\d{3}|[a-z]{1,10})$/i],
  "font-style": [WORD],
  "font-size": [LENGTH],
  "text-align": [WORD],
  "text-decoration": [WORD],
  width: [LENGTH],
};

const OPTIONS: sanitize.IOptions = {
  allowedTags: [
    ...[
      "a",
      "abbr",
      "b",
      "blockquote",
      "br",
      "code",
      "dd",
      "del",
      "div",
      "dl",
      "dt",
      "em",
      "font",
      "h1",
      "h2",
      "h3",
    ],
    ...[
      "h4",
      "h5",
      "h6",
      "hr",
      "i",
      "img",
      "ins",
      "li",
      "ol",
      "p",
      "pre",
      "q",
      "s",
      "small",
      "span",
      "strong",
    ],
    ...["sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"],
  ],
  allowedAttributes: {
    "*": ["style", "dir", "lang", "title"],
    a: ["href", "rel", "target"],
    img: ["src", "alt", "width", "height"],
    td: ["colspan", "rowspan", "align"],
    th: ["colspan", "rowspan", "align"],
    font: ["color"],
  },
  allowedStyles: { "*": STYLES },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  // What comes with the mail, and never what the sender would learn from that somebody has opened it.
  allowedSchemesByTag: { img: ["cid", "data"] },
  allowedSchemesAppliedToAttributes: ["href", "src"],
  allowProtocolRelative: false,
  nestingLimit: 50,
  transformTags: {
    a: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, rel: "noopener noreferrer nofollow", target: "_blank" },
    }),
    img: (tagName, { src = "", ...attribs }) => ({
      tagName,
      attribs: SHOWN.test(src) ? { ...attribs, src } : attribs,
    }),
  },
};

/** An SVG may hold a script. */
const SHOWN = /^(cid:|data:image\/(png|jpe?g|gif|webp);base64,)/i;

export const safeHtml = (html: string): string => sanitize(html, OPTIONS);
