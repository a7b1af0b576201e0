// What a file of a mail is called here: the sender may call it anything, or nothing.

const MOST = 255;
const MOST_ENDING = 20;

// Control characters, and those that turn the direction of writing, by which "fdp.exe" is made to look like a PDF.
const HIDDEN = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Without folders, and never empty: a part without a name is called after its place and type. */
export function fileNameOf(sent: string | false | undefined, place: number, contentType: string): string {
  const plain = (sent || "").toWellFormed().replaceAll(HIDDEN, "").normalize("NFC");
  const name = plain.slice(Math.max(plain.lastIndexOf("/"), plain.lastIndexOf("\\")) + 1).trim();
  return /^\.*$/.test(name) ? `part-${place}${endingFor(contentType)}` : shortened(name);
}

/** A long name keeps its ending. */
function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= MOST) return name;
  const dot = characters.lastIndexOf(".");
  const ending = characters.length - dot <= MOST_ENDING && dot > 0 ? characters.slice(dot) : [];
  return [...characters.slice(0, MOST - ending.length), ...ending].join("").trim();
}

function endingFor(contentType: string): string {
  if (contentType === "message/rfc822") return ".eml";
  const subtype = /\/([a-z0-9]{1,8})$/.exec(contentType.toLowerCase())?.[1];
  return subtype ? `.${subtype}` : "";
}
