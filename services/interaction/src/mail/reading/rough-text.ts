// The words of a page, without its looks: where a page is too large to be laid out, or stands where the parser does not look.

const BREAKS = /^\/?(p|div|br|tr|li|ul|ol|table|h[1-6]|blockquote|pre|hr|section|article)$/;
const UNSEEN = ["style", "script", "head", "title"];
const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", copy: "©", reg: "®", euro: "€" },
  ...{ auml: "ä", ouml: "ö", uuml: "ü", Auml: "Ä", Ouml: "Ö", Uuml: "Ü", szlig: "ß", eacute: "é" },
  ...{ ndash: "–", mdash: "—", hellip: "…", ldquo: "“", rdquo: "”", lsquo: "‘", rsquo: "’" },
};

/** Looks at each tag once: what is never closed costs no more. */
export function roughText(html: string): string {
  const [first, ...pieces] = html.split("<") as [string, ...string[]];
  const said = [first];
  let unseen = "";
  for (const piece of pieces) {
    const name = nameOf(piece);
    if (unseen && name !== `/${unseen}`) continue;
    unseen = UNSEEN.includes(name) ? name : "";
    if (unseen) continue;
    if (BREAKS.test(name)) said.push("\n");
    said.push(name ? piece.slice(endOf(piece, name)) : `<${piece}`);
  }
  return plain(said.join(""));
}

const nameOf = (piece: string) => /^!--|^\/?[a-z][a-z0-9]{0,15}/i.exec(piece)?.[0].toLowerCase() ?? "";

function endOf(piece: string, name: string): number {
  const end = name === "!--" ? piece.indexOf("-->") : piece.indexOf(">");
  if (end < 0) return piece.length;
  return end + (name === "!--" ? "-->".length : 1);
}

const plain = (text: string) =>
  text
    .replaceAll(/[ \t\r]{1,100}/g, " ")
    .replaceAll(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) => entity(name) ?? whole)
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();

function entity(name: string): string | undefined {
  if (!name.startsWith("#")) return ENTITIES[name];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code).toWellFormed() : undefined;
}
