import { SaxesParser } from "saxes";
import { FileFault } from "./fault.ts";

/** What happens in an XML document, by local names: `x:row` is `row`. */
export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

const MOST_HELD = 4 * 1024 * 1024; // of a text or a tag, which the parser holds until its end

/** Takes a document, which `what` names, bit by bit. Document types, and with them entities, are refused. */
export function xmlReader(what: string, handlers: XmlHandlers): { write(text: string): void; end(): void } {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let held = 0;
  const local = (name: string) => name.slice(name.indexOf(":") + 1);
  parser.on("opentag", ({ name, attributes }) => {
    held = 0;
    handlers.open(local(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    held = 0;
    handlers.close(local(name));
  });
  parser.on("text", (text) => handlers.text(text));
  parser.on("cdata", (text) => handlers.text(text));
  parser.on("doctype", () => {
    throw brokenXml(what, "it has a document type");
  });
  parser.on("error", () => {
    throw brokenXml(what, "its XML is not well-formed");
  });
  return {
    write(text) {
      held += text.length;
      if (held > MOST_HELD) throw brokenXml(what, "it has a text that does not end");
      parser.write(text);
    },
    end: () => void parser.close(),
  };
}

export async function readXml(
  what: string,
  pieces: AsyncIterable<string>,
  handlers: XmlHandlers,
): Promise<void> {
  const reader = xmlReader(what, handlers);
  for await (const piece of pieces) reader.write(piece);
  reader.end();
}

const brokenXml = (what: string, why: string) =>
  new FileFault("XML_BROKEN", `${what} cannot be read, ${why}: save the file anew.`);
