import type { DescEnum, DescField, DescFile, DescMessage, DescMethod, DescService } from "@bufbuild/protobuf";

type Described = DescService | DescMethod | DescMessage | DescEnum | DescField;

const comments = new WeakMap<DescFile, Map<string, string>>();

/** The comment above an element, as the descriptor set carries it: keyed by its path of field numbers and indexes. */
export function commentOf(desc: Described): string {
  const { file } = "file" in desc ? desc : desc.parent;
  let known = comments.get(file);
  if (!known) {
    const locations = file.proto.sourceCodeInfo?.location ?? [];
    known = new Map(locations.map(({ path, leadingComments }) => [path.join("."), tidy(leadingComments)]));
    comments.set(file, known);
  }
  return known.get(pathOf(desc).join(".")) ?? "";
}

export const firstSentence = (comment: string) => comment.split(/\.\s/)[0]!.replace(/\.$/, "");

function pathOf(desc: Described): number[] {
  switch (desc.kind) {
    case "service":
      return [6, desc.file.services.indexOf(desc)];
    case "rpc":
      return [...pathOf(desc.parent), 2, desc.parent.methods.indexOf(desc)];
    case "message":
      return desc.parent
        ? [...pathOf(desc.parent), 3, desc.parent.nestedMessages.indexOf(desc)]
        : [4, desc.file.messages.indexOf(desc)];
    case "enum":
      return desc.parent
        ? [...pathOf(desc.parent), 4, desc.parent.nestedEnums.indexOf(desc)]
        : [5, desc.file.enums.indexOf(desc)];
    case "field":
      return [...pathOf(desc.parent), 2, desc.parent.fields.indexOf(desc)];
  }
}

const tidy = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
